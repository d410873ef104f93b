using System.Collections.Concurrent;
using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Teams;

namespace Governance.Audit.Answers;

/// <summary>What somebody may ask a version, with what was chosen for it.</summary>
/// <param name="Access">What the table of rights answered for the right.</param>
/// <param name="Coefficients">Whether they may see the coefficients.</param>
/// <param name="Rows">How they may see rows with personal data.</param>
/// <param name="Teams">Their teams.</param>
/// <param name="Choices">Throttle and budget of the model; only where it exists for them.</param>
/// <param name="Pack">The output policies and limits that count.</param>
/// <param name="Gauge">Whether further answers need the owner's approval; null where nothing marks them.</param>
public sealed record AnswerGrant(
    AccessAnswer Access, bool Coefficients, AccessDecision Rows, IReadOnlyList<TeamId> Teams, ProtectionChoices Choices, OutputPolicies Pack,
    GaugeStanding? Gauge)
{
    /// <summary>The limits of a charge.</summary>
    /// <param name="release">The model's class.</param>
    /// <param name="features">Elements of its inputs.</param>
    public BudgetRules RulesFor(ReleaseClass release, int features)
    {
        BudgetLimits limits = Pack.Limits;
        BudgetChoice? own = Choices.Budget;
        long lifetime = own?.LifetimeUnits ?? limits.PrincipalLifetime;
        return new BudgetRules(
            own?.DayUnits ?? limits.PrincipalDay, Math.Min(lifetime, Gauge?.Until ?? lifetime), limits.TeamDay, limits.ModelMonth,
            release == ReleaseClass.Linear && !Coefficients ? own?.DisclosingUnits ?? limits.LinearLifetime(features) : null);
    }
}

/// <summary>Reads what somebody may ask, and remembers it for as long as nothing changes.</summary>
/// <remarks>
/// Every change of rights, stages, budgets and policies goes through the append gate: when its count moves, everything here
/// is forgotten at once. What another process changed is seen after <see cref="MaxAge"/> at the latest.
/// </remarks>
public sealed class AnswerGrants(
    DecideAccess access, TeamQueries teams, ProtectionQueries protection, GaugeQueries gauge, AppendGate gate, TimeProvider clock)
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(UserId Who, Right Right, string Model, int Version), Remembered> remembered = new();

    /// <summary>What somebody may ask of a version now.</summary>
    public async ValueTask<AnswerGrant> OfAsync(UserId who, Right right, string model, int version, CancellationToken cancellationToken)
    {
        long changes = gate.Changes;
        DateTimeOffset now = clock.GetUtcNow();
        if (remembered.TryGetValue((who, right, model, version), out Remembered? known)
            && known.Changes == changes && now >= known.At && now - known.At < MaxAge)
        {
            return known.Grant;
        }

        AnswerGrant grant = await ReadAsync(who, right, model, version, cancellationToken);
        if (remembered.Count >= Most)
        {
            remembered.Clear();
        }

        remembered[(who, right, model, version)] = new Remembered(grant, changes, now);
        return grant;
    }

    private async Task<AnswerGrant> ReadAsync(UserId who, Right right, string model, int version, CancellationToken cancellationToken)
    {
        AccessAnswer answer = await access.RunAsync(who, right, model, version, cancellationToken);
        if (answer.Model is null)
        {
            return new AnswerGrant(answer, false, AccessDecision.Denied, [], new ProtectionChoices(null, Throttle.Open, null), OutputPolicies.Default, null);
        }

        ProtectionChoices choices = await protection.ChoicesAsync(answer.Model.Id, who, cancellationToken);
        return new AnswerGrant(
            answer,
            (await access.RunAsync(who, Right.SeeCoefficients, model, version, cancellationToken)).Decision.Allowed,
            (await access.RunAsync(who, Right.SeePersonalRows, model, version, cancellationToken)).Decision,
            await teams.TeamsOfAsync(who, cancellationToken), choices,
            choices.Policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(choices.Policy.Policy)),
            await gauge.StandingAsync(answer.Model.Id, who, cancellationToken));
    }

    private sealed record Remembered(AnswerGrant Grant, long Changes, DateTimeOffset At);
}
