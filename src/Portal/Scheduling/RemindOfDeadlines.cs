using Governance.Registry.Alerts;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Raises an info alert on each approval that ends soon: as long before as its policy says.</summary>
internal sealed class RemindOfDeadlines(ExpireSignOffs deadlines, RaiseAlert raise, IDbContextFactory<GovernanceDb> contexts, TimeProvider time)
{
    /// <summary>The monitor of such an alert; the kind of deadline follows.</summary>
    public const string Monitor = "ends-soon";

    /// <summary>Reminds. The same deadline is one alert, however often it is looked at.</summary>
    /// <returns>How many approvals end soon.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ModelVersionId[] approved;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            approved = await db.Versions.Where(row => row.Stage == Stage.Approved || row.Stage == Stage.ApprovedWithConditions)
                .Select(row => row.Id).ToArrayAsync(cancellationToken);
        }

        int soon = 0;
        foreach ((ModelVersionId version, IReadOnlyList<SignOffDeadline> ends) in approved.Length == 0
            ? new Dictionary<ModelVersionId, IReadOnlyList<SignOffDeadline>>()
            : await deadlines.DeadlinesAsync(approved, cancellationToken))
        {
            if (ends.FirstOrDefault(end => end.RemindAt <= time.GetUtcNow() && end.At > time.GetUtcNow()) is SignOffDeadline next)
            {
                soon++;
                await raise.RunAsync(
                    new AlertSignal
                    {
                        Source = new AlertSource(AlertSourceKind.Audit, version.ToString()),
                        Topic = AlertTopic.Run,
                        Version = version,
                        Monitor = $"{Monitor}-{next.Kind.ToString().ToLowerInvariant()}",
                        WindowFrom = next.RemindAt,
                        WindowTo = next.At,
                        Severity = AlertSeverity.Info,
                        Sentence = next.Ahead,
                    },
                    cancellationToken);
            }
        }

        return soon;
    }
}
