package io.roomrouting.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads a whole folder of the class path, from a jar or from a directory of classes. */
final class ClassPathFolder {

    private ClassPathFolder() {}

    /**
     * Reads all files below a folder.
     *
     * @param loader where to look
     * @param folder for example {@code web/}, with the slash
     * @param known a file that must be directly in it; it is what the folder is found by
     * @return the files by their names below the folder, with {@code /} between the parts
     * @throws IllegalArgumentException if the known file is not there
     */
    static Map<String, byte[]> read(ClassLoader loader, String folder, String known) {
        URL url = loader.getResource(folder + known);
        if (url == null) {
            throw new IllegalArgumentException("There is no " + folder + known + " on the class path");
        }
        try {
            return url.openConnection() instanceof JarURLConnection jar
                    ? readJar(jar, folder)
                    : readDirectory(Path.of(url.toURI()).resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder + " from the class path", e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Cannot find " + folder + " on the class path", e);
        }
    }

    private static Map<String, byte[]> readJar(JarURLConnection connection, String folder) throws IOException {
        connection.setUseCaches(false);
        Map<String, byte[]> files = new HashMap<>();
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.put(entry.getName().substring(folder.length()), in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> readDirectory(Path directory) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> regular = found.filter(Files::isRegularFile).toList();
            for (Path file : regular) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readAllBytes(file));
            }
        }
        return files;
    }
}
