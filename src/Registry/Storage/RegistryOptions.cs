using System.Security.Cryptography;
using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Checkpoints;
using Governance.Registry.Uploads;
using Microsoft.Data.Sqlite;

namespace Governance.Registry.Storage;

/// <summary>Where the registry keeps what it knows.</summary>
public sealed record RegistryOptions
{
    /// <summary>The environment variable that names the folder of the signing keys.</summary>
    public const string SigningKeyVariable = "GOVERNANCE_SIGNING_KEYS";

    /// <summary>The folder of database and artefacts, made where it is missing. Default <c>./data</c>.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>
    /// The database: a connection string of PostgreSQL ("Host=…") or of SQLite ("Data Source=…"); null for
    /// <c>governance.db</c> in the data folder.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The file of the key-encryption key, outside the data folder; null for the environment variable
    /// <c>GOVERNANCE_KEK</c> if it is set, else <c>governance/kek</c> in the user's configuration folder.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The folder of the private signing keys, outside the data folder; null for the environment variable
    /// <c>GOVERNANCE_SIGNING_KEYS</c> if it is set, else one beside the key-encryption key, named after the data folder.
    /// </summary>
    public string? SigningKeyFolder { get; init; }

    /// <summary>Where copies of checkpoints are kept.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>The server that alerts are mailed through; null for that of <see cref="Checkpoints"/>, where there is one.</summary>
    public MailOptions? AlertMail { get; init; }

    /// <summary>The server that counts; null where alerts are not mailed.</summary>
    public MailOptions? EffectiveAlertMail => AlertMail ?? Checkpoints.Mail;

    /// <summary>The connection string that counts.</summary>
    public string EffectiveConnectionString =>
        ConnectionString ?? $"Data Source={Path.Combine(Path.GetFullPath(DataFolder), "governance.db")}";

    /// <summary>Whether the connection string is one of PostgreSQL.</summary>
    public bool IsPostgreSql => EffectiveConnectionString.Split(';').Any(static part =>
        part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
        || part.TrimStart().StartsWith("Server=", StringComparison.OrdinalIgnoreCase));

    /// <summary>The database's file; null for PostgreSQL.</summary>
    public string? DatabaseFile =>
        IsPostgreSql ? null : new SqliteConnectionStringBuilder(EffectiveConnectionString).DataSource;

    /// <summary>The folder of the artefacts.</summary>
    public string ArtifactFolder => Path.Combine(Path.GetFullPath(DataFolder), "artifacts");

    /// <summary>The folder of uploads that are under way.</summary>
    public string UploadFolder => Path.Combine(Path.GetFullPath(DataFolder), "uploads");

    /// <summary>How long a break-glass request waits for a second person before the asker may open it alone. Default 4 hours.</summary>
    public TimeSpan BreakGlassWait { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How much may be uploaded.</summary>
    public UploadLimits Uploads { get; init; } = new();

    /// <summary>Finds the keys: file named here, else environment variable, else the user's own file.</summary>
    /// <param name="storeIsEmpty">Whether a new key may be made.</param>
    /// <exception cref="ArtifactKeyException">They cannot be used.</exception>
    public KeyRing LoadKeys(bool storeIsEmpty) => EffectiveKeyFile is string path
        ? KeyRing.Load(path, storeIsEmpty)
        : KeyRing.Parse(Environment.GetEnvironmentVariable(KeyRing.Variable)!);

    /// <summary>The key file that counts; null where the keys come from the environment variable.</summary>
    /// <exception cref="ArtifactKeyException">It would lie in the data folder, or there is no place for one.</exception>
    public string? EffectiveKeyFile =>
        KeyFile is null && !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(KeyRing.Variable)) ? null : KeyPath();

    /// <summary>The folder of the private signing keys that counts.</summary>
    /// <exception cref="ArtifactKeyException">It would lie in the data folder, or there is no place for one.</exception>
    public string EffectiveSigningKeyFolder
    {
        get
        {
            string? named = SigningKeyFolder ?? Environment.GetEnvironmentVariable(SigningKeyVariable);
            return string.IsNullOrWhiteSpace(named)
                ? Path.Combine(KeyPath() + "-signing", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(DataFolder))))[..16])
                : Outside(named);
        }
    }

    /// <summary>The file that checkpoints are appended to: the one named, else one beside the data folder.</summary>
    public string EffectiveCheckpointFile => Path.GetFullPath(
        Checkpoints.File ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(DataFolder)) + ".checkpoints");

    private string KeyPath()
    {
        string settings = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return KeyFile is null && settings.Length == 0
            ? throw new ArtifactKeyException($"There is no home folder for a key file. Set {KeyRing.Variable} and {SigningKeyVariable}.")
            : Outside(KeyFile ?? Path.Combine(settings, "governance", "kek"));
    }

    private string Outside(string named)
    {
        string path = Path.GetFullPath(named);
        string data = Path.GetFullPath(DataFolder) + Path.DirectorySeparatorChar;
        return path.StartsWith(data, StringComparison.Ordinal)
            ? throw new ArtifactKeyException("Keys must lie outside the data folder, or a copy of the data would carry them.")
            : path;
    }
}
