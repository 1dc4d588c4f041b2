package io.asgi4j.server.netty.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.State;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationNameTests {
    private static final String CLASS = TestApplications.class.getName();

    private static Application load(String name) throws LaunchException {
        return ApplicationName.parse(name).load(new ClassPath("app.jar"), TestApplications.class.getClassLoader());
    }

    private static LaunchException refused(String name) {
        return assertThrows(LaunchException.class, () -> load(name));
    }

    private static void assertRefused(String message, String name) {
        var failure = refused(name);
        assertEquals(message, failure.getMessage());
        assertEquals(ExitStatus.USAGE, failure.status());
    }

    @Test
    void aClassIsCreated() throws Exception {
        assertInstanceOf(TestApplications.Hello.class, load(CLASS + "$Hello"));
    }

    @Test
    void aStaticFieldIsTaken() throws Exception {
        assertSame(TestApplications.FIELD, load(CLASS + "::FIELD"));
    }

    @Test
    void aStaticMethodThatReturnsAnApplicationIsCalled() throws Exception {
        assertInstanceOf(TestApplications.Hello.class, load(CLASS + "::factory"));
    }

    @Test
    void aStaticMethodWithTheRightParametersIsAnApplication() throws Exception {
        var sent = new ArrayList<OutboundEvent>();
        load(CLASS + "::handler")
                .handle(
                        new LifespanScope(AsgiVersion.LIFESPAN, new State(), Extensions.none()),
                        LifespanStartup::new,
                        sent::add);
        assertEquals(2, sent.size());
    }

    @Test
    void whatAStaticMethodThrowsLeavesItUnchanged() throws Exception {
        var mistake = new IllegalStateException("a mistake");
        var application = load(CLASS + "::handler");
        assertSame(
                mistake,
                assertThrows(
                        IllegalStateException.class,
                        () -> application.handle(
                                new LifespanScope(AsgiVersion.LIFESPAN, new State(), Extensions.none()),
                                () -> {
                                    throw mistake;
                                },
                                event -> {})));
    }

    @Test
    void aMissingClassIsExplainedWithTheClassPath() {
        assertRefused("class com.example.App was not found (searched app.jar)", "com.example.App");
    }

    @Test
    void aClassThatIsNoApplicationIsExplained() {
        assertRefused(
                "class " + CLASS + " does not implement io.asgi4j.spec.Application:"
                        + " let it, or name a static member that gives one as " + CLASS + "::member",
                CLASS);
    }

    @Test
    void aMissingConstructorIsExplained() {
        assertRefused(
                "class " + CLASS + "$NoSuitableConstructor has no public constructor without parameters:"
                        + " add one, or name a static member as " + CLASS + "$NoSuitableConstructor::member",
                CLASS + "$NoSuitableConstructor");
    }

    @Test
    void anAbstractClassIsExplained() {
        assertRefused("class " + CLASS + "$Abstract is abstract: name one that can be created", CLASS + "$Abstract");
    }

    @Test
    void aClassThatIsNotPublicIsExplained() {
        assertRefused("class " + CLASS + "$Hidden is not public: make it so", CLASS + "$Hidden");
    }

    @Test
    void aMissingMemberIsExplained() {
        assertRefused(
                "class " + CLASS + " has no public static member 'app' that is an application:"
                        + " a field, a method without parameters that returns one, or a method (Scope, Receive, Send)",
                CLASS + "::app");
    }

    @Test
    void aMemberThatIsNoApplicationIsExplained() {
        assertRefused(CLASS + "::TEXT is a java.lang.String, not an io.asgi4j.spec.Application", CLASS + "::TEXT");
    }

    @Test
    void aFailingConstructorIsTheApplicationsFailure() {
        var failure = refused(CLASS + "$FailingConstructor");
        assertEquals(ExitStatus.APPLICATION_DID_NOT_START, failure.status());
        assertEquals(
                CLASS + "$FailingConstructor failed while it was created:"
                        + " java.lang.IllegalStateException: a mistake in the constructor",
                failure.getMessage());
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }

    @Test
    void aFailingFactoryIsTheApplicationsFailure() {
        assertEquals(
                ExitStatus.APPLICATION_DID_NOT_START,
                refused(CLASS + "::failingFactory").status());
    }

    @Test
    void aMissingEntryOfTheClassPathIsExplained() {
        var failure = assertThrows(LaunchException.class, () -> new ClassPath("no/such.jar").open());
        assertEquals("class path entry 'no/such.jar' does not exist", failure.getMessage());
    }

    @Test
    void anEntryMayBeADirectoryFullOfJars(@TempDir Path directory) throws Exception {
        Files.createFile(directory.resolve("b.jar"));
        Files.createFile(directory.resolve("a.jar"));
        Files.createFile(directory.resolve("notes.txt"));
        try (var loader = (URLClassLoader) new ClassPath(directory + "/*").open()) {
            var urls = Arrays.stream(loader.getURLs()).map(Object::toString).toList();
            assertEquals(2, urls.size());
            assertTrue(urls.getFirst().endsWith("/a.jar"), urls.toString());
        }
    }
}
