package io.asgi4j.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.OptionGroup;
import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperatorsReadmeTests {
    private static final String BEGIN = "<!-- options -->\n";
    private static final String END = "<!-- end of options -->";
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");

    @Test
    void theReadmeListsEveryOptionAsItIsDefined() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var begin = readme.indexOf(BEGIN) + BEGIN.length();

        assertEquals(everyGroup(), readme.substring(begin, readme.indexOf(END)));
    }

    /** Names of tests in the table of attacks. */
    @Test
    void theTestsThatTheReadmeNamesExist() throws IOException {
        var named =
                TEST.matcher(Files.readString(Path.of("README.md"))).results().toList();

        assertFalse(named.isEmpty());
        for (var test : named) {
            assertTrue(exists(test.group(1), test.group(2)), test::group);
        }
    }

    private static boolean exists(String type, String method) throws IOException {
        try (var sources = Files.walk(Path.of("src/test/java"))) {
            for (var source :
                    sources.filter(file -> file.endsWith(type + ".java")).toList()) {
                if (Files.readString(source).contains(" void " + method + "(")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String everyGroup() {
        return Arrays.stream(OptionGroup.values())
                .map(OperatorsReadmeTests::group)
                .collect(Collectors.joining("\n"));
    }

    private static String group(OptionGroup group) {
        return ServerOptions.all().stream()
                .filter(option -> option.group() == group)
                .map(OperatorsReadmeTests::row)
                .collect(Collectors.joining("", "| " + group.title() + " | default | |\n| --- | --- | --- |\n", ""));
    }

    private static <T> String row(ServerOption<T> option) {
        var name =
                option.isSecret() ? option.environmentVariable() : (option.isFlag() ? "--[no-]" : "--") + option.name();
        var value = option.print(option.defaultValue());
        return "| `%s` | %s | %s |\n".formatted(name, value.isEmpty() ? "none" : value, option.description());
    }
}
