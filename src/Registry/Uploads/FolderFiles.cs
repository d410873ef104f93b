using Governance.Registry.Access;

namespace Governance.Registry.Uploads;

/// <summary>Someone's files of models' folders that wait to become a version, by their places.</summary>
public static class FolderFiles
{
    /// <summary>The file at a place; null where there is no whole one of theirs.</summary>
    /// <param name="uploads">Where uploads are kept.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="path">The place.</param>
    public static UploadState? At(this StagedUploads uploads, UserId owner, string path) =>
        Whole(uploads, owner).LastOrDefault(state => state.Upload.Path == path);

    /// <summary>The files below a folder, by place; where one was sent twice, the later.</summary>
    /// <param name="uploads">Where uploads are kept.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="folder">The folder; empty for all.</param>
    public static IReadOnlyList<UploadState> Below(this StagedUploads uploads, UserId owner, string folder) =>
    [
        .. Whole(uploads, owner).Where(state => folder.Length == 0 || state.Upload.Path!.StartsWith(folder + '/', StringComparison.Ordinal))
            .GroupBy(state => state.Upload.Path, StringComparer.Ordinal).Select(same => same.Last())
            .OrderBy(state => state.Upload.Path, StringComparer.Ordinal),
    ];

    // The oldest first: what was sent again counts.
    private static IEnumerable<UploadState> Whole(StagedUploads uploads, UserId owner)
    {
        ArgumentNullException.ThrowIfNull(uploads);
        return uploads.Of(owner).Where(state => state.IsWhole && state.Upload is { Kind: UploadKind.ModelFolder, Path: not null });
    }
}
