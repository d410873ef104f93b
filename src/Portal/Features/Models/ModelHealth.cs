using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Register;

namespace Governance.Portal.Features.Models;

/// <summary>How a model does: what is live, what is wrong, and since when nobody has settled it.</summary>
/// <param name="Live">Deployments that answer now.</param>
/// <param name="Alerts">Alerts that somebody still has to settle.</param>
/// <param name="Critical">Of them, critical ones.</param>
/// <param name="Findings">Findings of the register that are open.</param>
/// <param name="Overdue">Of them, those past their due date.</param>
internal sealed record ModelHealth(int Live, int Alerts, int Critical, int Findings, int Overdue)
{
    /// <summary>Of a model without any.</summary>
    public static ModelHealth None { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>Reads the health of models, as far as the person who looks sees them.</summary>
internal sealed class ReadModelHealth(AlertQueries alerts, RegisterQueries register, DeploymentQueries deployments, TimeProvider clock)
{
    /// <summary>By the model's name; models without anything to tell are missing.</summary>
    public async Task<IReadOnlyDictionary<string, ModelHealth>> OfAsync(UserId viewer, CancellationToken cancellationToken)
    {
        Dictionary<string, ModelHealth> health = new(StringComparer.Ordinal);
        void Count(string model, Func<ModelHealth, ModelHealth> more) => health[model] = more(health.GetValueOrDefault(model, ModelHealth.None));
        foreach (AlertView alert in (await alerts.VisibleToAsync(viewer, cancellationToken)).Where(alert => alert.IsActive))
        {
            int critical = alert.Entry.Severity == AlertSeverity.Critical ? 1 : 0;
            Count(alert.Model, known => known with { Alerts = known.Alerts + 1, Critical = known.Critical + critical });
        }

        foreach (RegisterView finding in (await register.VisibleToAsync(viewer, cancellationToken)).Where(finding => finding.Status == FindingStatus.Open))
        {
            Count(finding.Model, known => known with { Findings = known.Findings + 1, Overdue = known.Overdue + (finding.Overdue ? 1 : 0) });
        }

        DateTimeOffset now = clock.GetUtcNow();
        foreach (DeploymentView live in (await deployments.VisibleToAsync(viewer, null, cancellationToken)).Where(each => each.AnswersAt(now)))
        {
            Count(live.Model, known => known with { Live = known.Live + 1 });
        }

        return health;
    }
}
