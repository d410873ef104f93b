using System.Collections.Concurrent;
using Governance.Registry.Access;
using Governance.Registry.Sessions;

namespace Governance.Portal.Features.Accounts;

/// <summary>The sessions that this process has seen lately, so that not every request asks the database whether its own lasts.</summary>
/// <remarks>
/// What is ended in this process counts at once, by <see cref="SessionSignal"/>; what another process ends counts within
/// <see cref="Trust"/>.
/// </remarks>
internal sealed class LiveSessions : IDisposable
{
    /// <summary>How long an answer of the database is believed.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);

    private const int ManyAnswers = 5_000;

    private readonly ConcurrentDictionary<SessionId, Answer> answers = new();
    private readonly SeeSession see;
    private readonly SessionSignal signal;
    private readonly TimeProvider clock;
    private long changes;

    /// <summary>Begins to listen.</summary>
    public LiveSessions(SeeSession see, SessionSignal signal, TimeProvider clock)
    {
        this.see = see;
        this.signal = signal;
        this.clock = clock;
        signal.Changed += Forget;
    }

    /// <summary>Raised when sessions of a person have changed in this process: open pages look anew.</summary>
    public event Action<UserId>? Changed;

    /// <summary>Who stands behind a session; null where it is over.</summary>
    /// <param name="session">Which.</param>
    /// <param name="active">Whether the person did something just now, and not only their open page asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SessionStanding?> FindAsync(SessionId session, bool active, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (answers.TryGetValue(session, out Answer? known) && now - known.At < Trust && (known.Active || !active))
        {
            return known.Standing;
        }

        long before = Interlocked.Read(ref changes);
        SessionStanding? standing = await see.RunAsync(session, active, cancellationToken);
        if (standing is null)
        {
            answers.TryRemove(session, out _);
        }
        else if (before == Interlocked.Read(ref changes))
        {
            answers[session] = new Answer(standing, now, active);
            Prune(now);
        }

        return standing;
    }

    /// <inheritdoc />
    public void Dispose() => signal.Changed -= Forget;

    private void Forget(UserId user)
    {
        Interlocked.Increment(ref changes); // whoever is reading meanwhile keeps nothing of it
        foreach ((SessionId session, Answer answer) in answers)
        {
            if (answer.Standing.Person.Id == user)
            {
                answers.TryRemove(session, out _);
            }
        }

        Changed?.Invoke(user);
    }

    private void Prune(DateTimeOffset now)
    {
        if (answers.Count > ManyAnswers)
        {
            foreach ((SessionId session, Answer answer) in answers.Where(pair => now - pair.Value.At >= Trust))
            {
                answers.TryRemove(session, out _);
            }
        }
    }

    private sealed record Answer(SessionStanding Standing, DateTimeOffset At, bool Active);
}
