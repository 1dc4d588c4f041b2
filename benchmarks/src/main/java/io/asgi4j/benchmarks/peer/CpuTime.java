package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time that processes have used, in all their threads, in user and in kernel mode. */
public final class CpuTime {
    /** The unit of {@code /proc/PID/stat}, which is the same on every Linux that Java runs on. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int UTIME = 14;
    private static final int STIME = 15;
    private static final int CUTIME = 16;
    private static final int CSTIME = 17;

    // of /proc/stat
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8;

    private CpuTime() {}

    /** What the process has used. */
    public static Duration of(long pid) throws IOException {
        return sum(stat(Long.toString(pid)), UTIME, STIME);
    }

    /** What this process has used, and all those that it started and that have ended. */
    public static Duration ofThisProcessAndItsChildren() throws IOException {
        return sum(stat("self"), UTIME, STIME, CUTIME, CSTIME);
    }

    /** What all processes together have used of one processor, and what others took away from the virtual machine. */
    public static Duration ofProcessor(int number) throws IOException {
        var name = "cpu" + number + " ";
        return busy(Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("There is no processor " + number)));
    }

    /** user, nice, system, idle, iowait, irq, softirq, steal. */
    static Duration busy(String processor) {
        var fields = processor.split(" ", -1);
        var ticks = 0L;
        for (int field = 1; field <= STEAL; field++) {
            if (field != IDLE && field != IOWAIT) {
                ticks += Long.parseLong(fields[field]);
            }
        }
        return TICK.multipliedBy(ticks);
    }

    static Duration sum(String stat, int... fields) {
        // the second field is the program's name in brackets, which may contain anything
        var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        var ticks = 0L;
        for (var field : fields) {
            ticks += Long.parseLong(afterName[field - 3]);
        }
        return TICK.multipliedBy(ticks);
    }

    private static String stat(String pid) throws IOException {
        return Files.readString(Path.of("/proc", pid, "stat"));
    }
}
