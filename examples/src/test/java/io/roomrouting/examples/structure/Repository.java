package io.roomrouting.examples.structure;

import java.nio.file.Path;

/** The checked-out sources. */
final class Repository {

    /** Maven runs a module's tests in the module's folder. */
    static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private Repository() {}
}
