using Governance.Registry.Ledger;

namespace Governance.Registry.Artifacts;

/// <summary>A file below the folder of the store.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Digest">The artefact that its name stands for; null where it is unfinished or foreign.</param>
/// <param name="IsUnfinished">Whether it is one that was being written.</param>
internal readonly record struct StoreFile(string Path, ArtifactDigest? Digest, bool IsUnfinished)
{
    /// <summary>Whether no name of ours is like its.</summary>
    public bool IsForeign => Digest is null && !IsUnfinished;

    /// <summary>Reads the name: two digits, a folder, the other 62 and the extension.</summary>
    /// <param name="relative">The path below the store's folder.</param>
    /// <param name="path">The whole path.</param>
    /// <param name="extension">Of finished files.</param>
    /// <param name="unfinished">Of unfinished ones.</param>
    public static StoreFile Of(string relative, string path, string extension, string unfinished)
    {
        if (relative.EndsWith(unfinished, StringComparison.Ordinal))
        {
            return new StoreFile(path, null, true);
        }

        string hex = relative.Replace(System.IO.Path.DirectorySeparatorChar.ToString(), "", StringComparison.Ordinal);
        hex = hex.EndsWith(extension, StringComparison.Ordinal) ? hex[..^extension.Length] : "";
        return new StoreFile(path, Sha256Hex.Fits(hex) && relative[2] == System.IO.Path.DirectorySeparatorChar ? new ArtifactDigest(hex) : null, false);
    }
}
