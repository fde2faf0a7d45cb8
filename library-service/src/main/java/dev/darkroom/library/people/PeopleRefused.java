package dev.darkroom.library.people;

import java.util.UUID;

/// What somebody says about people cannot be; the message says what to do.
abstract sealed class PeopleRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private PeopleRefused(String message) {
        super(message);
    }

    /// There is no such person.
    static final class NoSuchPerson extends PeopleRefused {
        private static final long serialVersionUID = 1;

        NoSuchPerson(UUID person) {
            super(
                    "There is no person %s. They may have been merged into another; GET /api/people lists who is there."
                            .formatted(person));
        }
    }

    /// There is no such face.
    static final class NoSuchFace extends PeopleRefused {
        private static final long serialVersionUID = 1;

        NoSuchFace(UUID face) {
            super(
                    "There is no face %s. A newer version of its picture, or another model, may not have it any more; GET /api/assets/{id} lists the faces of a picture."
                            .formatted(face));
        }
    }

    /// The face is another's, or nobody's.
    static final class NotTheirs extends PeopleRefused {
        private static final long serialVersionUID = 1;

        NotTheirs(UUID face, UUID person) {
            super(
                    "The face %s is not one of the person %s. GET /api/faces/%s says whose it is; nothing was changed."
                            .formatted(face, person, face));
        }
    }

    /// Two libraries know nothing of each other.
    static final class OtherLibrary extends PeopleRefused {
        private static final long serialVersionUID = 1;

        OtherLibrary(UUID person) {
            super(
                    "The person %s belongs to another owner's library; nothing was changed."
                            .formatted(person));
        }
    }
}
