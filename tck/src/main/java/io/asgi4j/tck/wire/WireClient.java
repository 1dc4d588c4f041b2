package io.asgi4j.tck.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One connection to a server, over TCP or a unix socket: writes literal bytes and sees what comes back, however odd.
 *
 * <p>Belongs to the thread that opened it; only {@link #close} and {@link #reset} may be called from another one, which ends
 * whatever the owner waits for. An interrupt ends a wait like the passing of time. Nothing throws for what the server does.
 */
public final class WireClient implements AutoCloseable {
    private static final int MOST_UNREAD = 1 << 20;

    private final Thread owner = Thread.currentThread();
    private final String name;
    private final Limits limits;
    private final Transcript transcript;
    private final Transport transport;
    private final SocketAddress localAddress;
    private final Inbox inbox;

    private WireClient(String name, Limits limits, Transcript transcript, Transport transport) throws IOException {
        this.name = name;
        this.limits = limits;
        this.transcript = transcript;
        this.transport = transport;
        this.localAddress = transport.localAddress();
        this.inbox = new Inbox(transport);
    }

    /**
     * Connects.
     *
     * @param name of the connection in the transcript
     * @throws IOException if nobody accepts within the limit, or whoever does breaks the connection at once
     */
    public static WireClient open(SocketAddress address, String name, Limits limits, Transcript transcript)
            throws IOException {
        return open(address, 0, name, limits, transcript);
    }

    /**
     * Connects with a small receive buffer, so that little fits between the server and a client that does not read.
     *
     * @param receiveBuffer its size in bytes; 0 for the system's default
     * @throws IOException if nobody accepts within the limit, or whoever does breaks the connection at once
     */
    public static WireClient open(
            SocketAddress address, int receiveBuffer, String name, Limits limits, Transcript transcript)
            throws IOException {
        var isUnix = address instanceof UnixDomainSocketAddress;
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new UnknownHostException(internet.getHostString());
        }
        var channel = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        try {
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            if (!isUnix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel.configureBlocking(false);
            var transport = new Transport(channel, name, transcript);
            transport.connect(address, Deadline.after(limits.within()));
            var client = new WireClient(name, limits, transcript, transport);
            transcript.note(name, "connected to " + shown(address));
            return client;
        } catch (IOException e) {
            channel.close();
            transcript.note(name, "cannot connect to " + shown(address) + ": " + e.getMessage());
            throw e;
        }
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
                : address.toString();
    }

    public String name() {
        return name;
    }

    public Limits limits() {
        return limits;
    }

    public Transcript transcript() {
        return transcript;
    }

    /** The client's own address, which a server's scope shows. */
    public SocketAddress localAddress() {
        return localAddress;
    }

    /** Writes everything, unless the server does not read on within the limit. */
    public Sent send(Octets octets) {
        return sendInPieces(octets, Math.max(1, octets.size()), Duration.ZERO);
    }

    /**
     * Writes in pieces, each in a segment of its own as far as the transport can promise that.
     *
     * @param size of a piece, in bytes
     * @param pause between the pieces; a pause makes it likely that the server reads each piece alone
     */
    public Sent sendInPieces(Octets octets, int size, Duration pause) {
        assert owner == Thread.currentThread();
        if (size < 1) {
            throw new IllegalArgumentException("pieces of " + size + " bytes");
        }
        var started = transcript.now();
        var pieces = 0;
        var total = 0L;
        var outcome = Sent.Outcome.ALL;
        for (var from = 0; from < octets.size() && outcome == Sent.Outcome.ALL; from += size) {
            if (from > 0 && !pause.isZero()) {
                transport.pause(Deadline.after(pause));
            }
            var piece = octets.slice(from, Math.min(from + size, octets.size()));
            var sent = transport.write(piece, limits.within(), Deadline.after(limits.transfer()));
            total += sent.bytes();
            outcome = sent.outcome();
            pieces++;
        }
        return recorded(started, octets, pieces, new Sent(total, outcome));
    }

    /**
     * Writes a block again and again, until the server has not read on for a while.
     *
     * @param most how many bytes at most; the last block may be cut
     * @param stall how long nothing more must fit for the server to count as not reading
     */
    public Sent flood(Octets block, long most, Duration stall) {
        assert owner == Thread.currentThread();
        var started = transcript.now();
        var deadline = Deadline.after(limits.transfer());
        var total = 0L;
        var outcome = Sent.Outcome.ALL;
        while (total < most && outcome == Sent.Outcome.ALL) {
            var sent = transport.write(block.first((int) Math.min(block.size(), most - total)), stall, deadline);
            total += sent.bytes();
            outcome = sent.outcome();
        }
        transcript.note(name, "wrote " + total + " bytes, again and again:");
        return recorded(started, block, 1, new Sent(total, outcome));
    }

    private Sent recorded(long started, Octets octets, int pieces, Sent sent) {
        if (sent.bytes() > 0) {
            transcript.sent(started, name, octets.first((int) Math.min(octets.size(), sent.bytes())), pieces);
        }
        switch (sent.outcome()) {
            case ALL -> {}
            case BLOCKED -> transcript.note(name, "the server does not read on after " + sent.bytes() + " bytes");
            case BROKEN -> transcript.note(name, "could write only " + sent.bytes() + " bytes");
        }
        return sent;
    }

    /** Ends the client's side, a TCP FIN, and goes on reading. */
    public void halfClose() {
        assert owner == Thread.currentThread();
        transport.halfClose();
    }

    /** Closes both sides. Does nothing if it was done before. */
    @Override
    public void close() {
        transport.close();
    }

    /** Breaks the connection: a TCP RST, so that the server gets an error. */
    public void reset() {
        transport.reset();
    }

    /** Reads the response to a request with this method. */
    public Response readResponse(String method) {
        return beginResponse(method).end();
    }

    /** Reads the response to a request other than {@code HEAD}. */
    public Response readResponse() {
        return readResponse("GET");
    }

    /** A reader for the next response, to look at it while it comes. Finish it before anything else is read. */
    public ResponseReader beginResponse(String method) {
        assert owner == Thread.currentThread();
        return new ResponseReader(inbox, limits, method);
    }

    /** Reads so many bytes, or what comes of them before the end or the limit. */
    public Arrival read(int count) {
        assert owner == Thread.currentThread();
        inbox.await(count, Deadline.after(limits.within()));
        return new Arrival(inbox.take(Math.min(count, inbox.available())), endingBehind());
    }

    /** Reads up to and with a mark, or what comes before the end or the limit. */
    public Arrival readThrough(Octets mark) {
        assert owner == Thread.currentThread();
        var deadline = Deadline.after(limits.within());
        var searched = 0;
        while (true) {
            var all = inbox.peek();
            var at = all.indexOf(mark, searched);
            if (at >= 0) {
                return new Arrival(inbox.take(at + mark.size()), endingBehind());
            }
            searched = Math.max(0, all.size() - mark.size() + 1);
            if (all.size() >= limits.head() || !inbox.fill(deadline)) {
                return new Arrival(inbox.take(all.size()), endingBehind());
            }
        }
    }

    /** Reads and counts, without keeping anything but an excerpt in the transcript; ends after so many bytes, at the end, or when nothing came for {@code stall}. */
    public long drain(long most, Duration stall) {
        assert owner == Thread.currentThread();
        var total = 0L;
        var deadline = Deadline.after(limits.transfer());
        while (total < most && inbox.await(1, Deadline.after(stall).orSooner(deadline))) {
            total += inbox.take((int) Math.min(inbox.available(), most - total)).size();
        }
        return total;
    }

    /**
     * Listens until something comes, for {@linkplain Limits#quiet a while}: the one place where absence is shown by
     * waiting. Consumes nothing.
     */
    public Arrival expectNothing() {
        return expectNothing(limits.quiet());
    }

    /** Listens until something comes, for so long at most. Consumes nothing. */
    public Arrival expectNothing(Duration quiet) {
        assert owner == Thread.currentThread();
        inbox.await(1, Deadline.after(quiet));
        return new Arrival(inbox.peek(), endingBehind());
    }

    /** Waits for the server to end the connection, and gives what came before; {@link Ending#OPEN} if it does not. */
    public Arrival awaitClose() {
        return awaitClose(limits.within());
    }

    /** Waits so long for the server to end the connection, and gives what came before. */
    public Arrival awaitClose(Duration within) {
        assert owner == Thread.currentThread();
        var deadline = Deadline.after(within);
        var before = new OctetsBuilder();
        do {
            before.append(inbox.take(Math.min(inbox.available(), MOST_UNREAD - before.size())));
        } while (before.size() < MOST_UNREAD && inbox.fill(deadline));
        return new Arrival(before.toOctets(), endingBehind());
    }

    /** Whether the end of the connection has not come yet, as far as can be seen without waiting. */
    public boolean isOpen() {
        assert owner == Thread.currentThread();
        var isMore = true;
        while (isMore && inbox.available() < MOST_UNREAD) {
            isMore = inbox.fill(Deadline.now());
        }
        return transport.ending() == Ending.OPEN;
    }

    Inbox inbox() {
        return inbox;
    }

    /** How the connection ended, unless bytes that were not consumed come first. */
    private Ending endingBehind() {
        return inbox.available() > 0 ? Ending.OPEN : transport.ending();
    }
}
