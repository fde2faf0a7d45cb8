package dev.darkroom.sync.files;

class PortableTreeWalkTest extends TreeWalkContract {
    @Override
    TreeWalk.Way way() {
        return TreeWalk.Way.PORTABLE;
    }
}
