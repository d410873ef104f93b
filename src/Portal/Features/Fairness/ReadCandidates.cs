using Governance.Audit.Fairness;
using Governance.Audit.Runs;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Performance;
using Governance.Portal.Features.Versions;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Fairness;

/// <summary>The other versions of a model with evidence on the same data: the candidates on the frontier.</summary>
internal sealed class ReadCandidates(IDbContextFactory<GovernanceDb> databases, ReadVersion versions, ReadFindings findings)
{
    private const int Most = 8;

    /// <summary>Reads them from their sealed evidence, the latest versions first.</summary>
    /// <param name="live">The version and the evidence that is shown.</param>
    /// <param name="attribute">The protected columns joined by '|'.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>None for a cohort: sealed figures are of all rows.</returns>
    public async Task<IReadOnlyList<CutFrontier.Candidate>> OfAsync(LiveView live, string attribute, CancellationToken cancellationToken)
    {
        string? data = Data(live.Shown.Document);
        if (live.Taken is not null || data is null)
        {
            return [];
        }

        int[] numbers;
        await using (GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            numbers = await db.Versions.AsNoTracking().Where(version => version.Model == live.View.Model.Id && version.Id != live.View.Version.Id)
                .OrderByDescending(version => version.Number).Take(Most).Select(version => version.Number).ToArrayAsync(cancellationToken);
        }

        List<CutFrontier.Candidate> found = [];
        foreach (int number in numbers)
        {
            if (await versions.FindAsync(live.View.Model.Name, number, live.View.Person.Id, cancellationToken) is VersionView view
                && await findings.ChooseAsync(view, null, document => Data(document) == data && Of(document, attribute) is not null, cancellationToken) is { } shown)
            {
                found.Add(Of(shown.Document, attribute)! with { Name = $"v{number}" });
            }
        }

        return found;
    }

    private static string? Data(FindingsDocument document) => document.Data.FirstOrDefault(each => each.Role == "evaluation")?.Digest;

    private static CutFrontier.Candidate? Of(FindingsDocument document, string attribute) =>
        document.Fairness?.Attributes.FirstOrDefault(each => each.Attribute == attribute) is AttributeFairness groups
        && groups.Summary.GetValueOrDefault("demographic_parity_ratio") is double ratio && document.Performance?.Metrics.GetValueOrDefault("balanced_accuracy") is double balanced
            ? new CutFrontier.Candidate(
                "", new CutFigure(ratio, groups.SummaryIntervals.GetValueOrDefault("demographic_parity_ratio")),
                new CutFigure(balanced, document.Performance.Intervals.GetValueOrDefault("balanced_accuracy")))
            : null;
}
