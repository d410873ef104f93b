namespace Governance.Registry.Packs;

/// <summary>What verifying a pack came to.</summary>
public abstract record PackVerdict
{
    private PackVerdict()
    {
    }

    /// <summary>All of it holds.</summary>
    /// <param name="Origin">The ledger's name.</param>
    /// <param name="Size">How many entries its checkpoint covers.</param>
    /// <param name="Root">The root over them, 64 lower-case hexadecimal digits.</param>
    /// <param name="Files">How many files.</param>
    /// <param name="Entries">How many ledger entries with their proofs.</param>
    /// <param name="Decisions">How many signed decisions.</param>
    /// <param name="Notes">What was not proved, in sentences; none as a rule.</param>
    public sealed record Holds(
        string Origin, long Size, string Root, int Files, int Entries, int Decisions, IReadOnlyList<string> Notes) : PackVerdict;

    /// <summary>Something was changed, or is not of this installation.</summary>
    /// <param name="Sentence">The first thing that is wrong.</param>
    public sealed record DoesNotHold(string Sentence) : PackVerdict;
}
