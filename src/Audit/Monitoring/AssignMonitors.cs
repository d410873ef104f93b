using Governance.Audit.Data;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Monitors;

namespace Governance.Audit.Monitoring;

/// <summary>Gives a deployment a plan of monitors, after reading it whole.</summary>
public sealed class AssignMonitors(RecordMonitorPlan record)
{
    /// <summary>Assigns it; the same text again is no change.</summary>
    /// <param name="actor">An operator of the model.</param>
    /// <param name="deployment">What is to be watched.</param>
    /// <param name="text">YAML.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<MonitorPlanOutcome> RunAsync(Actor actor, DeploymentId deployment, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return text.Length > MonitorPlan.MaxTextLength
                ? Task.FromResult<MonitorPlanOutcome>(new MonitorPlanOutcome.Refused(new Refusal("bad-plan", $"A plan has at most {MonitorPlan.MaxTextLength:N0} characters.")))
                : record.RunAsync(actor, deployment, ReadMonitorSpec.Run(text).Name, text, cancellationToken);
        }
        catch (InputException fault)
        {
            return Task.FromResult<MonitorPlanOutcome>(new MonitorPlanOutcome.Refused(new Refusal("bad-plan", fault.Message)));
        }
    }
}
