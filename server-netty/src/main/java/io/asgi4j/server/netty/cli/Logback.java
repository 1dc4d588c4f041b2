package io.asgi4j.server.netty.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.asgi4j.server.netty.options.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logback as the launcher wants it: messages to standard error, the access log to standard output, both as uvicorn
 * writes them.
 *
 * <p>In code rather than in a {@code logback.xml}, which whoever embeds the server would find on his class path.
 */
final class Logback {
    /** Lines that may wait to be written; then requests wait, because each of them has its line. */
    private static final int ACCESS_QUEUE = 8192;

    private Logback() {}

    static void configure(LogLevel level) {
        var context = context();
        context.reset();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(level.name()));
        root.addAppender(console(context, ConsoleTarget.SystemErr));
        if (level == LogLevel.DEBUG) {
            context.getLogger("io.netty").setLevel(Level.INFO);
        }
        // it warns on a machine without a network card, where the ids of channels come from a random number
        context.getLogger("io.netty.util.internal.MacAddressUtil").setLevel(Level.ERROR);
        var access = context.getLogger("asgi4j.access");
        access.setAdditive(false);
        access.addAppender(behindQueue(context, console(context, ConsoleTarget.SystemOut)));
    }

    static void stop() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, ConsoleTarget target) {
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(new Lines());
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget(target.getName());
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    /** Keeps event loops from writing to a terminal themselves. */
    private static AsyncAppender behindQueue(LoggerContext context, ConsoleAppender<ILoggingEvent> console) {
        var queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(ACCESS_QUEUE);
        queue.setDiscardingThreshold(0);
        queue.addAppender(console);
        queue.start();
        return queue;
    }

    /**
     * A level and a message, below it the stack trace of a failure.
     *
     * <p>Not a pattern: Logback's parser of patterns brings all of their converters along at every start.
     */
    private static final class Lines extends LayoutBase<ILoggingEvent> {
        private static final int MESSAGE_COLUMN = 10;

        @Override
        public String doLayout(ILoggingEvent event) {
            var line = new StringBuilder().append(event.getLevel()).append(':');
            while (line.length() < MESSAGE_COLUMN) {
                line.append(' ');
            }
            line.append(event.getFormattedMessage()).append(System.lineSeparator());
            var failure = event.getThrowableProxy();
            if (failure != null) {
                line.append(ThrowableProxyUtil.asString(failure));
            }
            return line.toString();
        }
    }
}
