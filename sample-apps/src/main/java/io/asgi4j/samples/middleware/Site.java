package io.asgi4j.samples.middleware;

import io.asgi4j.samples.chat.ChatRoom;
import io.asgi4j.samples.events.Clock;
import io.asgi4j.samples.files.FileStore;
import io.asgi4j.samples.seed.SeedApplication;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import java.io.IOException;

/** All the samples in one: middleware is a method call around a method call, read from the outside in. */
public final class Site implements Application {
    private final Application stack;

    public Site() throws IOException {
        stack = new Timing()
                .andThen(new ErrorPage("<!doctype html><title>Sorry</title><h1>That was our fault</h1>"))
                .andThen(new Mount("/chat", new ChatRoom()))
                .andThen(new Mount("/clock", new Clock()))
                .andThen(new Mount("/files", new FileStore()))
                .wrap(new SeedApplication());
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws Exception {
        stack.handle(scope, receive, send);
    }
}
