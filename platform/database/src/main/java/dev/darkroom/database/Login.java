package dev.darkroom.database;

/// A role's name and password. Printing it shows the name only.
public record Login(String user, String password) {
    @Override
    public String toString() {
        return user;
    }
}
