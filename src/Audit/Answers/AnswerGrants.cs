using System.Collections.Concurrent;
using System.Text;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Ledger;
using Governance.Registry.Protection;
using Governance.Registry.Teams;

namespace Governance.Audit.Answers;

/// <summary>Reads what somebody may ask, and remembers it for as long as nothing changes.</summary>
/// <remarks>
/// Every change of rights, stages, budgets and policies goes through the append gate: when its count moves, everything here
/// is forgotten at once. What another process changed is seen after <see cref="MaxAge"/> at the latest. Callers who need the
/// same at once share one reading, and from half that age on it is read again behind the answers, so that under steady
/// traffic nobody waits for the database.
/// </remarks>
public sealed class AnswerGrants(
    DecideAccess access, TeamQueries teams, ProtectionQueries protection, GaugeQueries gauge, AppendGate gate, TimeProvider clock)
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private const int Most = 10_000;

    private static readonly TimeSpan RenewalAge = MaxAge / 2;

    private readonly ConcurrentDictionary<Asker, Reading> readings = new();

    /// <summary>What somebody may ask of a version now.</summary>
    public async ValueTask<AnswerGrant> OfAsync(UserId who, Right right, string model, int version, CancellationToken cancellationToken)
    {
        Asker asker = new(who, right, model, version);
        long changes = gate.Changes;
        DateTimeOffset now = clock.GetUtcNow();
        Reading reading = Take(asker, changes, now);
        if (reading.IsOlder(now, RenewalAge) && reading.MayRenew())
        {
            _ = RenewAsync(asker, reading, changes, now);
        }

        try
        {
            return await reading.GrantAsync(cancellationToken);
        }
        catch when (reading.HasFailed)
        {
            readings.TryRemove(new(asker, reading)); // not to remember a failure
            throw;
        }
    }

    // The reading that counts: the one there, or a new one that all who come meanwhile wait for.
    private Reading Take(Asker asker, long changes, DateTimeOffset now)
    {
        while (true)
        {
            if (readings.TryGetValue(asker, out Reading? known) && known.Changes == changes && !known.IsOlder(now, MaxAge))
            {
                return known;
            }

            if (readings.Count >= Most)
            {
                readings.Clear();
                known = null;
            }

            Reading mine = new(changes, now, () => ReadAsync(asker));
            if (known is null ? readings.TryAdd(asker, mine) : readings.TryUpdate(asker, mine, known))
            {
                return mine;
            }
        }
    }

    // A renewal that fails is forgotten: whoever comes after MaxAge reads again and is told.
    private async Task RenewAsync(Asker asker, Reading old, long changes, DateTimeOffset now)
    {
        Reading next = new(changes, now, () => Task.Run(() => ReadAsync(asker)));
        await next.EndAsync(CancellationToken.None);
        if (next.HasSucceeded)
        {
            readings.TryUpdate(asker, next, old);
        }
    }

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

    private sealed class Reading(long changes, DateTimeOffset at, Func<Task<AnswerGrant>> read)
    {
        private readonly Lazy<Task<AnswerGrant>> grant = new(read);
        private int renewing;

        public long Changes => changes;

        public bool HasSucceeded => grant.Value.IsCompletedSuccessfully;

        public bool HasFailed => grant.Value.IsFaulted;

        // A clock that was set back makes it old too.
        public bool IsOlder(DateTimeOffset now, TimeSpan age) => now < at || now - at >= age;

        public bool MayRenew() => HasSucceeded && Interlocked.Exchange(ref renewing, 1) == 0;

        public Task<AnswerGrant> GrantAsync(CancellationToken cancellationToken) => grant.Value.WaitAsync(cancellationToken);

        // However it ends.
        public Task EndAsync(CancellationToken cancellationToken) =>
            grant.Value.ContinueWith(_ => { }, cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
