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
/// Every change of rights, stages, budgets and policies is an entry of the ledger: what this process appends is seen at once,
/// what another one appends after <see cref="LedgerWatch.MaxAge"/>. Grants that end by their date end to the moment.
/// </remarks>
public sealed class AnswerGrants
{
    /// <summary>How long an answer is remembered though the ledger stands still.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private const int Most = 10_000;

    private readonly DecideAccess access;
    private readonly TeamQueries teams;
    private readonly ProtectionQueries protection;
    private readonly GaugeQueries gauge;
    private readonly LedgerWatch ledger;
    private readonly TimeProvider clock;
    private readonly SharedReadings<Asker, AnswerGrant> readings;

    /// <summary>Begins with nothing remembered.</summary>
    /// <param name="access">The table of rights.</param>
    /// <param name="teams">Teams of the asker.</param>
    /// <param name="protection">What was chosen for the model.</param>
    /// <param name="gauge">How much of the model the asker may have learned.</param>
    /// <param name="ledger">Sees changes, whichever process made them.</param>
    /// <param name="clock">Says how old an answer is, and when grants end.</param>
    public AnswerGrants(
        DecideAccess access, TeamQueries teams, ProtectionQueries protection, GaugeQueries gauge, LedgerWatch ledger, TimeProvider clock)
    {
        this.access = access;
        this.teams = teams;
        this.protection = protection;
        this.gauge = gauge;
        this.ledger = ledger;
        this.clock = clock;
        readings = new SharedReadings<Asker, AnswerGrant>(MaxAge, Most, clock, ReadAsync);
    }

    /// <summary>What somebody may ask of a version now. Without the database the exception reaches the caller.</summary>
    public async ValueTask<AnswerGrant> OfAsync(UserId who, Right right, string model, int version, CancellationToken cancellationToken)
    {
        Asker asker = new(who, right, model, version);
        AnswerGrant known = await readings.OfAsync(asker, await ledger.MarkAsync(cancellationToken), cancellationToken);
        return known.Access.ValidUntil <= clock.GetUtcNow() ? await ReadAsync(asker) : known;
    }

    // For all who wait, so that nobody's leaving ends it.
    private async Task<AnswerGrant> ReadAsync(Asker asker)
    {
        (UserId who, Right right, string model, int version) = asker;
        CancellationToken none = CancellationToken.None;
        IReadOnlyList<AccessAnswer> answers = await access.RunAsync(who, [right, Right.SeeCoefficients, Right.SeePersonalRows], model, version, none);
        AccessAnswer answer = answers[0];
        if (answer.Model is null)
        {
            return new AnswerGrant(answer, false, AccessDecision.Denied, [], new ProtectionChoices(null, Throttle.Open, null), OutputPolicies.Default, null);
        }

        ProtectionChoices choices = await protection.ChoicesAsync(answer.Model.Id, who, none);
        return new AnswerGrant(
            answer,
            answers[1].Decision.Allowed, answers[2].Decision,
            await teams.TeamsOfAsync(who, none), choices,
            choices.Policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(choices.Policy.Policy)),
            await gauge.StandingAsync(answer.Model.Id, who, none));
    }

    private sealed record Asker(UserId Who, Right Right, string Model, int Version);
}
