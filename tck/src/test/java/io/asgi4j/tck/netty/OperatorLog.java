package io.asgi4j.tck.netty;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What the servers of this process have told their operator. Any thread may log, and read. */
final class OperatorLog extends AppenderBase<ILoggingEvent> {
    /** Begins to listen with the first server. */
    static final OperatorLog SHARED = new OperatorLog();

    private final StringBuffer lines = new StringBuffer();

    private OperatorLog() {
        var logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.append(event.getFormattedMessage())
                    .append('\n')
                    .append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    String text() {
        return lines.toString();
    }
}
