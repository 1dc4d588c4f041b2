package io.asgi4j.server.netty.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the values of an option are written, read and checked.
 *
 * @param placeholder stands for the value in the help
 * @param allowed completes the sentence "it takes …"
 * @param reader turns text into a value, or into null if it cannot
 * @param writer turns a value into text that the reader understands
 * @param accepts whether a value is in range
 */
record OptionType<T>(
        Class<T> valueClass,
        String placeholder,
        String allowed,
        Function<String, @Nullable T> reader,
        Function<T, String> writer,
        Predicate<T> accepts) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(B|KiB|MiB|GiB)?");
    private static final Map<String, Integer> SIZE_UNITS =
            Map.of("B", 1, "KiB", 1 << 10, "MiB", 1 << 20, "GiB", 1 << 30);

    static OptionType<Boolean> flag() {
        return new OptionType<>(
                Boolean.class, "", "true or false", OptionType::readFlag, String::valueOf, value -> true);
    }

    static OptionType<String> text(String placeholder, String allowed, Predicate<String> accepts) {
        return new OptionType<>(String.class, placeholder, allowed, text -> text, text -> text, accepts);
    }

    static OptionType<FileList> file() {
        return files("FILE", "the path of one file", 1);
    }

    static OptionType<FileList> files() {
        return files("FILE[,FILE...]", "the paths of files, with commas between them", Integer.MAX_VALUE);
    }

    private static OptionType<FileList> files(String placeholder, String allowed, int most) {
        return new OptionType<>(
                FileList.class,
                placeholder,
                allowed,
                FileList::read,
                FileList::toString,
                list -> list.files().size() <= most);
    }

    static OptionType<Secret> secret() {
        return new OptionType<>(Secret.class, "SECRET", "any text", Secret::new, Secret::toString, value -> true);
    }

    static <E extends Enum<E>> OptionType<E> choice(Class<E> choices) {
        var names =
                Arrays.stream(choices.getEnumConstants()).map(OptionType::name).toList();
        return new OptionType<>(
                choices,
                String.join("|", names),
                "one of " + String.join(", ", names),
                text -> Arrays.stream(choices.getEnumConstants())
                        .filter(choice -> name(choice).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(null),
                OptionType::name,
                value -> true);
    }

    static OptionType<Integer> count(int least, int most) {
        return new OptionType<>(
                Integer.class,
                "N",
                "a number from %d to %d".formatted(least, most),
                OptionType::readCount,
                String::valueOf,
                value -> value >= least && value <= most);
    }

    static OptionType<Integer> size(int least, int most) {
        return new OptionType<>(
                Integer.class,
                "SIZE",
                "a size from %s to %s, written like 512B, 64KiB or 16MiB".formatted(writeSize(least), writeSize(most)),
                OptionType::readSize,
                OptionType::writeSize,
                value -> value >= least && value <= most);
    }

    static OptionType<Duration> duration(Duration least, Duration most) {
        return new OptionType<>(
                Duration.class,
                "TIME",
                "a time from %s to %s, written like 500ms, 30s, 5m or 1h"
                        .formatted(writeDuration(least), writeDuration(most)),
                OptionType::readDuration,
                OptionType::writeDuration,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }

    private static String name(Enum<?> choice) {
        return choice.toString().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Boolean readFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable Integer readCount(String text) {
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    private static @Nullable Integer readSize(String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            return null;
        }
        var unit = match.group(2) == null ? "B" : match.group(2);
        var bytes = Long.parseLong(match.group(1)) * SIZE_UNITS.getOrDefault(unit, 1);
        return bytes <= Integer.MAX_VALUE ? (int) bytes : null;
    }

    private static String writeSize(int bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }

    private static @Nullable Duration readDuration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return null;
        }
        var number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static String writeDuration(Duration time) {
        if (time.toMillisPart() != 0) {
            return time.toMillis() + "ms";
        }
        return time.toSeconds() >= 3600 && time.toSeconds() % 3600 == 0 ? time.toHours() + "h" : time.toSeconds() + "s";
    }
}
