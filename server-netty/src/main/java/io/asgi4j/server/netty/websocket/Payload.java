package io.asgi4j.server.netty.websocket;

/** A piece of a message's payload that has just arrived, to be taken in order; what is not taken is dropped. */
interface Payload {
    /** How many octets are left to take. */
    int available();

    /** How many octets the message has from here on; the largest integer if that is not known yet. */
    int atMost();

    /** Takes the next octets, unmasked. */
    void copyTo(byte[] target, int offset, int length);
}
