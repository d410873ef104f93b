using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Schedules;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Scheduling;

/// <summary>Makes a schedule of a wish: reads its spec and its cron, which the registry cannot, then puts it on record.</summary>
internal sealed class PlanSchedule(
    AddSchedule add, RequestAudit request, VersionQueries versions, DeploymentQueries deployments, IDbContextFactory<GovernanceDb> contexts, TimeProvider time)
{
    /// <summary>Makes it.</summary>
    /// <param name="actor">Who makes it: it runs in their name.</param>
    /// <param name="wish">What and when.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<AddScheduleOutcome> RunAsync(Actor actor, ScheduleWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(wish);
        try
        {
            AuditSpec? spec = string.IsNullOrWhiteSpace(wish.Spec) ? null : ReadSpec.Run(wish.Spec);
            ModelVersionId? version = null;
            if (wish.Number is int number)
            {
                version = (await versions.FindAsync(actor.User!.Value, wish.Model, number, cancellationToken))?.Version.Id;
                if (version is null)
                {
                    return new AddScheduleOutcome.NoSuchModel();
                }
            }

            SchedulePlan plan = await PlanAsync(wish, spec, version, cancellationToken);
            if (ScheduleRule.FaultOf(plan) is string fault)
            {
                return Refused(fault);
            }

            if (plan.Trigger == ScheduleTrigger.Clock)
            {
                Cadence.ReadSensible(new SpecSchedule(plan.Cron!, plan.TimeZone!), time.GetUtcNow());
            }

            return await add.RunAsync(actor, wish.Model, plan, cancellationToken);
        }
        catch (InputException fault)
        {
            return Refused(fault.Message);
        }
    }

    private async Task<SchedulePlan> PlanAsync(ScheduleWish wish, AuditSpec? spec, ModelVersionId? version, CancellationToken cancellationToken)
    {
        bool clock = wish.Trigger == ScheduleTrigger.Clock;
        AuditOptions? options = spec is null ? null : await OptionsAsync(wish, spec, cancellationToken);
        return new SchedulePlan
        {
            Name = string.IsNullOrWhiteSpace(wish.Name) ? spec?.Name ?? "" : wish.Name.Trim(),
            Work = spec is null ? ScheduleWork.Monitors : ScheduleWork.Audit,
            Trigger = wish.Trigger,
            Version = version,
            Deployment = wish.Deployment,
            Spec = options is null ? null : Encoding.UTF8.GetString(AuditSpecJson.Write(options)),
            Cron = Filled(wish.Cron) ?? (clock ? spec?.Schedule?.Cron : null),
            TimeZone = Filled(wish.TimeZone) ?? (clock ? spec?.Schedule?.TimeZone ?? "UTC" : null),
            Labels = wish.Labels,
            DaysBefore = wish.DaysBefore,
        };
    }

    private async Task<AuditOptions> OptionsAsync(ScheduleWish wish, AuditSpec spec, CancellationToken cancellationToken)
    {
        if (wish.Number is null && spec.Models.Any(model => model.Version is not null))
        {
            throw new InputException("The spec names a version, and the schedule audits the one that its trigger names: name the model alone in one of them.");
        }

        string[] names;
        await using (GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            names = await db.Datasets.Select(dataset => dataset.Name).ToArrayAsync(cancellationToken);
        }

        AuditOptions options = PlaceSpec.Run(spec, $"{wish.Model}/{wish.Number}", names, await deployments.ReferencesAsync(wish.Model, cancellationToken), wish.Chosen);
        return await request.FaultAsync(options, cancellationToken) is string fault ? throw new InputException(fault) : options;
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static AddScheduleOutcome.Refused Refused(string sentence) => new(new Refusal("bad-schedule", sentence));
}
