package dev.darkroom.library.search;

import java.util.List;

/// A part of a search, explained.
///
/// @param what is searched, and how
/// @param because why it is searched like that
/// @param plan what PostgreSQL did, line by line
record SearchStep(String what, String because, List<String> plan) {
    SearchStep {
        plan = List.copyOf(plan);
    }
}
