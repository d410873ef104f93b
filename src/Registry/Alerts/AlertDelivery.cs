namespace Governance.Registry.Alerts;

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It is due, or waits for its next attempt.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>No attempt succeeded: somebody has to look, and may send it again.</summary>
    Dead,

    /// <summary>Its destination ended before it was delivered.</summary>
    Dropped,
}

/// <summary>A row of the outbox: one event of one alert for one destination.</summary>
/// <remarks>
/// Operational and no fact. Written in the transaction of the event and read until it is delivered, so that a crash loses
/// nothing; whoever is killed between the receiver's answer and our note of it sends it twice, with the same id.
/// </remarks>
public sealed class AlertDelivery
{
    /// <summary>The longest body, in UTF-16 code units.</summary>
    public const int MaxBodyLength = 16_384;

    /// <summary>The longest note of a failure, in UTF-16 code units.</summary>
    public const int MaxErrorLength = 500;

    // Over 23 hours: a receiver that is repaired within a working day misses nothing.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>Queues a delivery.</summary>
    /// <param name="id">A new id.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="alert">Of which alert; null for a trial.</param>
    /// <param name="event">What is told.</param>
    /// <param name="body">What is sent: JSON.</param>
    /// <param name="queuedAt">UTC, to the microsecond.</param>
    public AlertDelivery(AlertDeliveryId id, AlertDestinationId destination, AlertId? alert, AlertEvent @event, string body, DateTimeOffset queuedAt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, MaxBodyLength, nameof(body));
        Id = id;
        Destination = destination;
        Alert = alert;
        Event = @event;
        Body = body;
        QueuedAt = queuedAt;
        NextAt = queuedAt;
    }

    public AlertDeliveryId Id { get; private init; }

    public AlertDestinationId Destination { get; private init; }

    public AlertId? Alert { get; private init; }

    public AlertEvent Event { get; private init; }

    public string Body { get; private init; }

    public DateTimeOffset QueuedAt { get; private init; }

    public DeliveryState State { get; private set; }

    /// <summary>Attempts that were made, from 0.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not before then; while it is being sent, when another process may take it over.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>Why the last attempt failed; null where none did.</summary>
    public string? Error { get; private set; }

    /// <summary>When it was delivered or given up; null while it waits.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How often it is tried before it is given up.</summary>
    public static int MostAttempts => Pauses.Length + 1;

    /// <summary>The receiver took it.</summary>
    internal void Succeed(DateTimeOffset now)
    {
        State = DeliveryState.Delivered;
        Error = null;
        EndedAt = now;
    }

    /// <summary>It failed: tried again later, or given up.</summary>
    /// <param name="error">Why, as a sentence.</param>
    /// <param name="final">Whether trying again is of no use.</param>
    /// <param name="now">UTC.</param>
    internal void Fail(string error, bool final, DateTimeOffset now)
    {
        Error = error.Length <= MaxErrorLength ? error : error[..(MaxErrorLength - 1)] + "…";
        if (final || Attempts > Pauses.Length)
        {
            State = DeliveryState.Dead;
            EndedAt = now;
        }
        else
        {
            NextAt = now + Pauses[Attempts - 1];
        }
    }

    /// <summary>Its destination ended.</summary>
    internal void Drop(DateTimeOffset now)
    {
        State = DeliveryState.Dropped;
        EndedAt = now;
    }

    /// <summary>Somebody sends it again: all attempts anew, under the same id.</summary>
    internal void Revive(DateTimeOffset now)
    {
        State = DeliveryState.Waiting;
        Attempts = 0;
        NextAt = now;
        EndedAt = null;
    }
}
