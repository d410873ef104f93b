namespace Governance.Audit.Data;

/// <summary>
/// What a user handed in cannot be used: a file, a flag, a model. The message is one sentence in the user's words,
/// shown as it is on the command line (exit code 2) and in forms; it never holds a stack trace or a server path.
/// </summary>
/// <remarks>
/// An exception and not an outcome, because readers and encoders meet bad cells deep inside loops, and every caller
/// treats it alike. What a user may legitimately run into in a use case (a refused move) is an outcome value instead.
/// </remarks>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The line of the file, 1 for the header; null where it does not apply.</summary>
    public long? Line { get; init; }

    /// <summary>The column at fault; null where it does not apply.</summary>
    public string? Column { get; init; }
}
