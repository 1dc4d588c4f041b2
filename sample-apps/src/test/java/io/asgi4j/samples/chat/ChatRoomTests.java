package io.asgi4j.samples.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.samples.RunningSample;
import org.junit.jupiter.api.Test;

class ChatRoomTests {
    /** More than the sockets of a connection buffer on the way to a client who does not read. */
    private static final int MORE_THAN_SOCKETS_HOLD = 24 << 20;

    @Test
    void whatOneMemberSaysEveryMemberHears() throws Exception {
        try (var sample = new RunningSample(new ChatRoom())) {
            var ada = sample.webSocket("/");
            var bob = sample.webSocket("/");
            ada.say("I am here");
            assertEquals("I am here", ada.hear());
            assertEquals("I am here", bob.hear());
            bob.say("so am I");

            assertEquals("so am I", ada.hear());
            assertEquals("so am I", bob.hear());
        }
    }

    @Test
    void aMemberWhoLeftDoesNotHoldUpTheOthers() throws Exception {
        try (var sample = new RunningSample(new ChatRoom())) {
            var ada = sample.webSocket("/");
            var bob = sample.webSocket("/");

            bob.leave();
            assertEquals(1000, bob.closeCode());
            ada.say("alone again");

            assertEquals("alone again", ada.hear());
        }
    }

    @Test
    void aMemberWhoDoesNotListenIsSentAwayAndDelaysNobody() throws Exception {
        try (var sample = new RunningSample(new ChatRoom())) {
            var deaf = sample.pausedWebSocket("/");
            var ada = sample.webSocket("/");
            var speech = "x".repeat(ChatRoom.MESSAGE_LIMIT);

            for (var said = 0; said < MORE_THAN_SOCKETS_HOLD; said += speech.length()) {
                ada.say(speech);
                assertEquals(speech, ada.hear());
            }
            deaf.resume();

            assertEquals(1013, deaf.closeCode());
        }
    }

    @Test
    void aMessageThatIsTooLongEndsTheMembership() throws Exception {
        try (var sample = new RunningSample(new ChatRoom())) {
            var ada = sample.webSocket("/");

            ada.say("x".repeat(ChatRoom.MESSAGE_LIMIT + 1));

            assertEquals(1008, ada.closeCode());
        }
    }

    @Test
    void aBinaryMessageEndsTheMembership() throws Exception {
        try (var sample = new RunningSample(new ChatRoom())) {
            var ada = sample.webSocket("/");

            ada.say(new byte[] {1, 2, 3});

            assertEquals(1008, ada.closeCode());
        }
    }
}
