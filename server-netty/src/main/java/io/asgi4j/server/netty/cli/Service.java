package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.Options;
import picocli.CommandLine.ParseResult;

/** What a command that starts a server does: serves until the server has stopped. */
@FunctionalInterface
interface Service {
    ExitStatus serve(ParseResult arguments, Options options) throws LaunchException;
}
