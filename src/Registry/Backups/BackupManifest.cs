using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;

namespace Governance.Registry.Backups;

/// <summary>What a backup holds: <c>governance/backup-manifest/1</c>, the last file written and the first one read.</summary>
/// <param name="Schema">The name of this form.</param>
/// <param name="MadeAt">When the database was copied, ISO 8601 in UTC.</param>
/// <param name="Database">The copy of the database; null where only the store was backed up.</param>
/// <param name="LedgerSize">How many entries the ledger had; null without a database.</param>
/// <param name="LedgerRoot">The Merkle root over them; null without a database. Note it down elsewhere.</param>
/// <param name="Keys">The names of the keys that the artefacts need. The keys themselves are not in a backup.</param>
/// <param name="Artifacts">Every artefact, as its encrypted file.</param>
internal sealed record BackupManifest(
    string Schema, string MadeAt, BackedUpFile? Database, long? LedgerSize, string? LedgerRoot,
    IReadOnlyList<string> Keys, IReadOnlyList<BackedUpFile> Artifacts)
{
    /// <summary>The name of this form.</summary>
    public const string CurrentSchema = "governance/backup-manifest/1";

    /// <summary>The manifest's own name.</summary>
    public const string FileName = "backup.json";

    /// <summary>The database's name.</summary>
    public const string DatabaseName = "governance.db";

    /// <summary>The largest manifest that is read, in bytes: over 300,000 artefacts.</summary>
    public const int MostBytes = 128 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false,
    };

    /// <summary>The name of an artefact's file in the backup.</summary>
    public static string NameOf(ArtifactDigest digest) => $"artifacts/{digest.Hex[..2]}/{digest.Hex[2..]}.art";

    /// <summary>The digest that a name stands for; null where it is none of ours.</summary>
    public static ArtifactDigest? DigestOf(string name)
    {
        string[] parts = name.Split('/');
        string hex = parts is ["artifacts", { Length: 2 } head, { Length: 66 } tail] && tail.EndsWith(".art", StringComparison.Ordinal)
            ? head + tail[..^4]
            : "";
        return Sha256Hex.Fits(hex) ? new ArtifactDigest(hex) : null;
    }

    /// <summary>The manifest as canonical JSON.</summary>
    public byte[] ToBytes() => CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">It is none, or names files that a backup never holds.</exception>
    public static BackupManifest Read(ReadOnlySpan<byte> bytes)
    {
        BackupManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(bytes, Json) ?? throw new FormatException("It is null.");
        }
        catch (JsonException fault)
        {
            throw new FormatException("It is no manifest.", fault);
        }

        bool fits = manifest.Schema == CurrentSchema
            && manifest.Database is null or { Name: DatabaseName }
            && (manifest.Database is null) == (manifest.LedgerRoot is null)
            && (manifest.Database is null) == (manifest.LedgerSize is null)
            && manifest.Artifacts.All(file => DigestOf(file.Name) is not null)
            && manifest.Artifacts.DistinctBy(file => file.Name).Count() == manifest.Artifacts.Count
            && manifest.Artifacts.All(Fits) && (manifest.Database is null || Fits(manifest.Database));
        return fits ? manifest : throw new FormatException($"It is no manifest of the form {CurrentSchema}.");
    }

    private static bool Fits(BackedUpFile file) => file.Length >= 0 && Sha256Hex.Fits(file.Sha256);
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">With forward slashes, below the backup.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of the file as it lies there, 64 lower-case hexadecimal digits.</param>
internal sealed record BackedUpFile(string Name, long Length, string Sha256);
