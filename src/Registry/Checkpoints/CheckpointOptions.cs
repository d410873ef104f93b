namespace Governance.Registry.Checkpoints;

/// <summary>Where copies of checkpoints are kept outside the database.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The file that each is appended to; null for one beside the data folder, named after it.</summary>
    public string? File { get; init; }

    /// <summary>Witnesses that each is sent to. Nothing is sent to any other address.</summary>
    public IReadOnlyList<WitnessAddress> Witnesses { get; init; } = [];

    /// <summary>How checkpoints are mailed; null for not at all.</summary>
    public MailOptions? Mail { get; init; }
}

/// <summary>A witness: a program on another machine that keeps the last checkpoint and refuses one that contradicts it.</summary>
/// <param name="Url">Where it listens; <c>add-checkpoint</c> is below it.</param>
/// <param name="Pem">Its public key; null where its answers' signatures are not checked.</param>
public sealed record WitnessAddress(Uri Url, string? Pem = null);

/// <summary>A mail server, and who gets checkpoints through it.</summary>
/// <param name="Host">The SMTP server.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Tls">Whether STARTTLS is demanded; false only on a loopback address.</param>
/// <param name="From">The sender's address.</param>
/// <param name="To">The auditors' addresses, at least one; of alerts none: their destinations say where they go.</param>
/// <param name="User">For servers that ask for a sign-in; null for none.</param>
/// <param name="Password">With it.</param>
public sealed record MailOptions(string Host, int Port, bool Tls, string From, IReadOnlyList<string> To, string? User, string? Password);
