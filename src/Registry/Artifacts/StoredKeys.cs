namespace Governance.Registry.Artifacts;

/// <summary>The keys that the files of a store were wrapped with.</summary>
internal static class StoredKeys
{
    private const int MostLookedAt = 16; // files by which keys are judged: of those that rotation left behind some may be lost

    /// <summary>Refuses keys of another store: what is wrapped with them could be opened by nobody who opens the rest.</summary>
    /// <param name="ring">The keys given.</param>
    /// <param name="files">The files of the store.</param>
    /// <exception cref="ArtifactKeyException">None of the first files was wrapped with one of them.</exception>
    public static void Refuse(KeyRing ring, IEnumerable<StoreFile> files)
    {
        string[] names = [.. files.Where(file => file.Digest is not null).Take(MostLookedAt).Select(file => NameOf(file.Path)).OfType<string>()];
        if (names.Length > 0 && !names.Any(ring.Names.Contains))
        {
            throw new ArtifactKeyException(
                $"The artefacts of this data folder were stored with the key {names[0]}; the key given is {ring.Names[0]}, another store's. Set {KeyRing.Variable} to the key of this one, or give its key file.");
        }
    }

    private static string? NameOf(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] head = new byte[ArtifactHeader.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length ? Convert.ToHexStringLower(ArtifactHeader.KeyIdOf(head)) : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // erased just now
        }
    }
}
