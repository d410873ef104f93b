using Governance.Registry.Privacy;

namespace Governance.Portal.Features.Privacy;

/// <summary>What came of an erasing, in plain words. Pure.</summary>
internal static class SubjectSentences
{
    /// <summary>One sentence a data set.</summary>
    public static string Erased(IReadOnlyList<ReplacedDataset> lines) => lines.Count == 0
        ? "There was no row of this person any more; the request is closed."
        : string.Join(' ', lines.Select(Of));

    private static string Of(ReplacedDataset line) =>
        line.Kept is string kept ? $"{line.Dataset} was kept: {kept}"
        : line.Replacement is string replacement ? $"{PrivacyWords.Rows(line.Removed)} left out of {line.Dataset}; '{replacement}' holds the others."
        : $"{line.Dataset} held rows of this person alone and is gone.";
}
