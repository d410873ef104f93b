using System.Text.Json;
using Governance.Audit.Data;
using Governance.Portal.Features.Uploads;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Uploads;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>A run, as far as this portal has any: a folder for files on their way, with what the client said of it.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Name">What the client calls it.</param>
/// <param name="Status">RUNNING, FINISHED and so on, as the client says.</param>
/// <param name="StartTime">Milliseconds since 1970.</param>
/// <param name="EndTime">Milliseconds since 1970; null while it is not said.</param>
/// <param name="Tags">By key.</param>
internal sealed record RunFolder(string Id, string Name, string Status, long StartTime, long? EndTime, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The name of the file that describes a run, beside its folder of artefacts.</summary>
    public const string Description = "run.json";

    private const string Root = "runs";

    /// <summary>Where a run's artefacts lie.</summary>
    public static string Files(string id) => $"{Root}/{id}/artifacts";

    /// <summary>Whether a place is that of a run's description, which only runs write.</summary>
    public static bool IsDescription(string path) => path.Split('/') is [Root, _, Description];

    /// <summary>Reads a run of somebody's; null where they have none of this id.</summary>
    public static async Task<RunFolder?> FindAsync(StagedUploads uploads, UserId owner, string id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "n", out _) && uploads.At(owner, PathOf(id)) is UploadState state
            && await uploads.ReadAsync(owner, state.Upload.Id, cancellationToken) is byte[] json
            ? JsonSerializer.Deserialize<RunFolder>(json)
            : null;

    /// <summary>Keeps it in place of what was kept before.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<Refusal?> KeepAsync(TakeUpload take, StagedUploads uploads, Actor actor, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(this);
        using MemoryStream stream = new(json, writable: false);
        return await PutFile.RunAsync(take, uploads, actor, PathOf(Id), stream, json.Length, cancellationToken);
    }

    /// <summary>With tags added or changed.</summary>
    /// <exception cref="InputException">They are too many or too long.</exception>
    public RunFolder With(IEnumerable<KeyValuePair<string, string>> tags)
    {
        Dictionary<string, string> all = new(Tags, StringComparer.Ordinal);
        foreach ((string key, string value) in tags)
        {
            all[key] = value;
        }

        return all.Count > 100 || all.Any(tag => tag.Key.Length is 0 or > 250 || tag.Value.Length > 8_000)
            ? throw new InputException("A run has at most 100 tags, with keys of 1 to 250 and values of at most 8000 characters.")
            : this with { Tags = all };
    }

    private static string PathOf(string id) => $"{Root}/{id}/{Description}";
}
