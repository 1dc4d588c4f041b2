package io.asgi4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.Application;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTests {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern APPLICATION = Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);

    @Test
    void theApplicationInTheReadmeCompilesAndAnswers(@TempDir Path directory) throws Exception {
        var block = APPLICATION.matcher(Files.readString(README));
        assertTrue(block.find());
        var name = block.group(2);
        compile(Files.writeString(directory.resolve(name + ".java"), block.group(1)), directory);

        try (var classes =
                        URLClassLoader.newInstance(new URL[] {directory.toUri().toURL()});
                var sample = new RunningSample(
                        (Application) classes.loadClass(name).getConstructor().newInstance())) {
            assertEquals("Hello, /world!\n", sample.get("/world").body());
        }
    }

    private static void compile(Path source, Path output) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "--release",
                    "21",
                    "-Xlint:all",
                    "-Werror",
                    "-d",
                    output.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            assertTrue(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                    .call());
        }
    }
}
