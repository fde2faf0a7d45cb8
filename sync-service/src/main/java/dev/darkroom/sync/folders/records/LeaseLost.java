package dev.darkroom.sync.folders.records;

/// Another instance keeps the repository now; nothing was written.
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(Lease lease) {
        super(
                "the lease on repository "
                        + lease.repositoryId()
                        + " with fence "
                        + lease.fence()
                        + " was taken over by another instance");
    }
}
