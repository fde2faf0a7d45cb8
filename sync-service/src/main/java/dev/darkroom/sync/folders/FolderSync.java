package dev.darkroom.sync.folders;

import dev.darkroom.sync.folders.records.Lease;
import dev.darkroom.sync.folders.records.Leases;
import dev.darkroom.sync.folders.records.Requests;
import dev.darkroom.sync.folders.records.WatchedRepository;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Shares the watched repositories with other instances, and keeps this one's share in step.
///
/// Every repository has one holder at a time. Leases are renewed long before they run out; one
/// whose holder is gone is taken by whoever looks next. An instance that keeps fewer than another
/// asks for one, and gets it when nothing is being scanned there.
public final class FolderSync implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderSync.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int TICKS_BETWEEN_LOOKS = 10;

    private final DataSource dataSource;
    private final FolderProperties properties;
    private final String holder;
    private final Leases leases;
    private final Requests requests;
    private final Answers answers;
    private final ExecutorService readers;
    private final Map<UUID, RepositoryKeeper> keepers = new ConcurrentHashMap<>();
    private final Set<Long> taken = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param holder the name of this instance, different from all others
    public FolderSync(DataSource dataSource, FolderProperties properties, String holder) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.properties = properties;
        this.holder = holder;
        this.leases = new Leases(jdbc);
        this.requests = new Requests(jdbc);
        this.answers = new Answers(requests);
        this.readers =
                Executors.newFixedThreadPool(
                        properties.hashThreads(),
                        Thread.ofPlatform().daemon().name("read-", 0).factory());
        this.thread = Thread.ofPlatform().daemon().name("leases").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// The name of this instance.
    public String holder() {
        return holder;
    }

    /// The repositories that this instance keeps.
    public Set<UUID> kept() {
        return Set.copyOf(keepers.keySet());
    }

    /// What cannot be watched in a repository that this instance keeps, in words; null if another
    /// instance keeps it.
    public @Nullable String watchProblem(UUID repositoryId) {
        RepositoryKeeper keeper = keepers.get(repositoryId);
        return keeper == null ? null : keeper.watchProblem();
    }

    private void run() {
        int tick = 0;
        while (!closed) {
            try {
                if (tick++ % TICKS_BETWEEN_LOOKS == 0) {
                    look();
                }
                answerRequests();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("the leases on repositories cannot be looked at");
                tick = 0;
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        List<Leases.Watched> watched = leases.watched();
        Set<UUID> present = new HashSet<>();
        for (Leases.Watched one : watched) {
            UUID id = one.repository().id();
            present.add(id);
            RepositoryKeeper keeper = keepers.get(id);
            if (keeper != null) {
                keep(keeper, one);
            } else if (!one.held()) {
                leases.claim(id, holder, properties.lease())
                        .ifPresent(lease -> begin(one.repository(), lease));
            }
        }
        keepers.values().stream()
                .filter(keeper -> !present.contains(keeper.repository().id()))
                .toList()
                .forEach(this::giveBack);
        askForMore(watched);
    }

    private void keep(RepositoryKeeper keeper, Leases.Watched now) {
        if (keeper.isOver() || !leases.renew(keeper.lease(), properties.lease())) {
            drop(keeper);
        } else if (now.handoverTo() != null && !keeper.isBusy()) {
            giveBack(keeper);
        } else if (!keeper.repository().readsLike(now.repository())) {
            drop(keeper);
            begin(now.repository(), keeper.lease());
        } else {
            keeper.update(now.repository());
        }
    }

    private void begin(WatchedRepository repository, Lease lease) {
        try {
            RepositoryKeeper keeper =
                    new RepositoryKeeper(dataSource, repository, lease, properties, readers);
            keepers.put(repository.id(), keeper);
            keeper.start();
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("repository", repository.id())
                    .setCause(e)
                    .log("a repository cannot be kept in step");
            leases.release(lease);
        }
    }

    private void drop(RepositoryKeeper keeper) {
        keepers.remove(keeper.repository().id());
        keeper.close();
    }

    private void giveBack(RepositoryKeeper keeper) {
        drop(keeper);
        try {
            leases.release(keeper.lease());
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("repository", keeper.repository().id())
                    .setCause(e)
                    .log("a lease cannot be given back; it runs out by itself");
        }
    }

    /// Evens out: the one with the most gives one to whoever has at least two fewer.
    private void askForMore(List<Leases.Watched> watched) {
        Map<String, Integer> load = new HashMap<>();
        for (Leases.Watched one : watched) {
            Lease lease = one.lease();
            if (one.held() && lease != null) {
                load.merge(lease.holder(), 1, Integer::sum);
            }
        }
        Optional<Leases.Watched> spare =
                watched.stream()
                        .filter(one -> one.held() && one.handoverTo() == null)
                        .filter(one -> spares(load, one.lease()))
                        .findFirst();
        boolean asked = watched.stream().anyMatch(one -> holder.equals(one.handoverTo()));
        if (spare.isPresent() && !asked) {
            leases.ask(spare.get().repository().id(), holder);
        }
    }

    private boolean spares(Map<String, Integer> load, @Nullable Lease lease) {
        return lease != null && load.getOrDefault(lease.holder(), 0) >= keepers.size() + 2;
    }

    private void answerRequests() {
        if (keepers.isEmpty()) {
            return;
        }
        for (Requests.Request request : requests.open(keepers.keySet(), known())) {
            RepositoryKeeper keeper = keepers.get(request.repositoryId());
            if (keeper != null && taken.add(request.id())) {
                answers.answer(request, keeper);
            }
        }
    }

    private Collection<Long> known() {
        if (taken.size() > 1_000) {
            requests.prune();
            taken.clear();
        }
        return taken;
    }

    /// Gives everything back, so that other instances go on at once.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List.copyOf(keepers.values()).forEach(this::giveBack);
        readers.shutdownNow();
    }
}
