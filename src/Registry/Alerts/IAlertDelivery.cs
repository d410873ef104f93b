namespace Governance.Registry.Alerts;

/// <summary>A way to reach a destination.</summary>
public interface IAlertDelivery
{
    /// <summary>Which destinations it reaches.</summary>
    DestinationKind Kind { get; }

    /// <summary>Sends one delivery.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="delivery">What.</param>
    /// <param name="secret">What it is signed with; null for a kind that signs nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DeliveryFaultException">The receiver did not take it.</exception>
    Task SendAsync(AlertDestination destination, AlertDelivery delivery, string? secret, CancellationToken cancellationToken);
}

/// <summary>That a receiver did not take a delivery, as a sentence.</summary>
public sealed class DeliveryFaultException : Exception
{
    /// <summary>A failure that may pass.</summary>
    public DeliveryFaultException(string sentence)
        : base(sentence)
    {
    }

    /// <summary>A failure that may pass, with what caused it.</summary>
    public DeliveryFaultException(string sentence, Exception inner)
        : base(sentence, inner)
    {
    }

    /// <summary>Whether trying again is of no use: the address itself is refused.</summary>
    public bool Final { get; init; }
}
