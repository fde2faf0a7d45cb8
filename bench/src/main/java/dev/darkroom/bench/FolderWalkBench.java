package dev.darkroom.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.darkroom.sync.files.FileStat;
import dev.darkroom.sync.files.IgnoreRules;
import dev.darkroom.sync.files.TreeVisitor;
import dev.darkroom.sync.files.TreeWalk;
import dev.darkroom.sync.files.WalkSummary;
import dev.darkroom.sync.files.WalkedPath;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Files per second of a walk, against `find -printf '%p %s %T@ %i\n'` on the same tree.
///
/// Both only read what the kernel has in memory already, and take turns in one run. The walk gives
/// more: the files in the order of the database, ctime, device, links. How much is alive on the
/// heap in the middle of a walk is measured apart.
public final class FolderWalkBench {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7;
    private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");

    /// A tree to walk: folders in folders of a hundred, each with so many files.
    private record Shape(int folders, int filesInEach) {
        int files() {
            return folders * filesInEach;
        }
    }

    /// Wall and processor seconds.
    private record Cost(double wall, double cpu) {}

    private static final List<Shape> SHAPES =
            List.of(
                    new Shape(100, 100),
                    new Shape(1_000, 100),
                    new Shape(10_000, 100),
                    new Shape(10, 100_000));

    private final PrintStream out;
    private final Path folder;

    private FolderWalkBench(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /// Runs.
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("darkroom-walk");
        try {
            new FolderWalkBench(new PrintStream(System.out, true, StandardCharsets.UTF_8), folder)
                    .run();
        } finally {
            delete(folder);
        }
    }

    private void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "%-16s %9s %9s %9s %9s %7s %7s %9s%n",
                "folders x files",
                "find s",
                "cpu s",
                "walk s",
                "cpu s",
                "ratio",
                "cpu",
                "live MiB");
        for (Shape shape : SHAPES) {
            Path tree = make(shape);
            measure(shape, tree);
            delete(tree);
        }
    }

    private void measure(Shape shape, Path tree) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            find(tree);
            walk(shape, tree);
        }
        List<Cost> finds = new ArrayList<>();
        List<Cost> walks = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> cpuRatios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            finds.add(find(tree));
            walks.add(walk(shape, tree));
            ratios.add(walks.getLast().wall / finds.getLast().wall);
            cpuRatios.add(walks.getLast().cpu / finds.getLast().cpu);
        }
        out.printf(
                Locale.ROOT,
                "%-16s %9.3f %9.3f %9.3f %9.3f %7.2f %7.2f %9.1f%n",
                shape.folders + " x " + shape.filesInEach,
                median(finds.stream().map(Cost::wall).toList()),
                median(finds.stream().map(Cost::cpu).toList()),
                median(walks.stream().map(Cost::wall).toList()),
                median(walks.stream().map(Cost::cpu).toList()),
                median(ratios),
                median(cpuRatios),
                liveMemory(shape, tree));
    }

    /// As a process of its own, with its output thrown away.
    private static Cost find(Path tree) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "find \"$1\" -printf '%p %s %T@ %i\\n' > /dev/null && times",
                                "bash",
                                tree.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long start = System.nanoTime();
        String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double wall = seconds(System.nanoTime() - start);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("find has failed with " + process.exitValue());
        }
        // Of the shell itself, then of what it ran.
        List<MatchResult> results = TIME.matcher(times).results().toList();
        double cpu =
                results.subList(2, 4).stream()
                        .mapToDouble(
                                time ->
                                        60 * Double.parseDouble(time.group(1))
                                                + Double.parseDouble(time.group(2)))
                        .sum();
        return new Cost(wall, cpu);
    }

    private static Cost walk(Shape shape, Path tree) throws InterruptedException {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        Adding adding = new Adding();
        WalkSummary summary = TreeWalk.of(tree, IgnoreRules.builtIn()).walk(adding);
        double wall = seconds(System.nanoTime() - start);
        if (summary.files() != shape.files() || summary.unreadable() != 0 || adding.sum == 0) {
            throw new IllegalStateException("walked something else: " + summary);
        }
        return new Cost(wall, seconds(cpuNanos() - cpu));
    }

    /// What cannot be collected in the middle of a walk, most of ten looks.
    private static double liveMemory(Shape shape, Path tree) throws InterruptedException {
        long before = usedAfterCollection();
        long[] most = {0};
        TreeWalk.of(tree, IgnoreRules.builtIn())
                .walk(
                        new TreeVisitor() {
                            private int files;

                            @Override
                            public boolean file(WalkedPath path, FileStat stat) {
                                if (++files % (shape.files() / 10) == 0) {
                                    most[0] = Math.max(most[0], usedAfterCollection() - before);
                                }
                                return true;
                            }

                            @Override
                            public void unreadable(WalkedPath path, String reason) {
                                throw new IllegalStateException(path + ": " + reason);
                            }
                        });
        return most[0] / 1_048_576.0;
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Path make(Shape shape) throws IOException {
        Path tree = Files.createDirectory(folder.resolve(shape.folders + "x" + shape.filesInEach));
        for (int i = 0; i < shape.folders; i++) {
            Path inner =
                    Files.createDirectories(tree.resolve("%03d/event-%05d".formatted(i / 100, i)));
            for (int j = 0; j < shape.filesInEach; j++) {
                Files.createFile(inner.resolve("IMG_%d_%06d.jpg".formatted(20_200_000 + i, j)));
            }
        }
        return tree;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path inner, IOException failure)
                            throws IOException {
                        Files.delete(inner);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// Uses every value, as a scan would.
    private static final class Adding implements TreeVisitor {
        private long sum;

        @Override
        public boolean file(WalkedPath path, FileStat stat) {
            sum += stat.size() + stat.modifiedMicros() + stat.inode() + path.length();
            return true;
        }

        @Override
        public void unreadable(WalkedPath path, String reason) {
            throw new IllegalStateException(path + ": " + reason);
        }
    }
}
