using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Readings;
using Governance.Registry.Teams;

namespace Governance.Audit.Answers;

/// <summary>Reads what somebody may ask, and remembers it for as long as nothing changes.</summary>
/// <remarks>
/// Every change of rights, stages, budgets and policies goes through the append gate: when its count moves, everything here
/// is forgotten at once. What another process changed is seen after <see cref="MaxAge"/> at the latest, as is a grant that
/// ends by its date.
/// </remarks>
public sealed class AnswerGrants
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int Most = 10_000;

    private readonly DecideAccess access;
    private readonly TeamQueries teams;
    private readonly ProtectionQueries protection;
    private readonly GaugeQueries gauge;
    private readonly AppendGate gate;
    private readonly SharedReadings<Asker, AnswerGrant> readings;

    /// <summary>Begins with nothing remembered.</summary>
    /// <param name="access">The table of rights.</param>
    /// <param name="teams">Teams of the asker.</param>
    /// <param name="protection">What was chosen for the model.</param>
    /// <param name="gauge">How much of the model the asker may have learned.</param>
    /// <param name="gate">Counts the changes of this process.</param>
    /// <param name="clock">Says how old an answer is.</param>
    public AnswerGrants(
        DecideAccess access, TeamQueries teams, ProtectionQueries protection, GaugeQueries gauge, AppendGate gate, TimeProvider clock)
    {
        this.access = access;
        this.teams = teams;
        this.protection = protection;
        this.gauge = gauge;
        this.gate = gate;
        readings = new SharedReadings<Asker, AnswerGrant>(MaxAge, Most, clock, ReadAsync);
    }

    /// <summary>What somebody may ask of a version now.</summary>
    public ValueTask<AnswerGrant> OfAsync(UserId who, Right right, string model, int version, CancellationToken cancellationToken) =>
        readings.OfAsync(new Asker(who, right, model, version), new LedgerMark(gate.Changes, -1), cancellationToken);

    // For all who wait, so that nobody's leaving ends it.
    private async Task<AnswerGrant> ReadAsync(Asker asker)
    {
        (UserId who, Right right, string model, int version) = asker;
        CancellationToken none = CancellationToken.None;
        AccessAnswer answer = await access.RunAsync(who, right, model, version, none);
        if (answer.Model is null)
        {
            return new AnswerGrant(answer, false, AccessDecision.Denied, [], new ProtectionChoices(null, Throttle.Open, null), OutputPolicies.Default, null);
        }

        ProtectionChoices choices = await protection.ChoicesAsync(answer.Model.Id, who, none);
        return new AnswerGrant(
            answer,
            (await access.RunAsync(who, Right.SeeCoefficients, model, version, none)).Decision.Allowed,
            (await access.RunAsync(who, Right.SeePersonalRows, model, version, none)).Decision,
            await teams.TeamsOfAsync(who, none), choices,
            choices.Policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(choices.Policy.Policy)),
            await gauge.StandingAsync(answer.Model.Id, who, none));
    }

    private sealed record Asker(UserId Who, Right Right, string Model, int Version);
}
