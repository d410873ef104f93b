using Governance.Audit.Answers.Policy;
using Governance.Audit.Explanations;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>A way to copy a model through its front door.</summary>
public interface IAttack
{
    /// <summary>A short name, unique, as on the command line.</summary>
    string Name { get; }

    /// <summary>What the thief does, in one sentence.</summary>
    string Sentence { get; }

    /// <summary>The kinds of question that it asks besides predictions.</summary>
    QueryKind? Needs { get; }

    /// <summary>Accounts among which the questions are shared.</summary>
    int Accounts { get; }

    /// <summary>Why the attack does not fit a model; null where it does.</summary>
    /// <param name="space">What may be asked.</param>
    /// <param name="classes">The number of classes; 1 for a value.</param>
    string? Misfit(QuerySpace space, int classes);

    /// <summary>Attacks.</summary>
    /// <param name="thief">The front door, and what the thief brings along.</param>
    /// <param name="cancellationToken">Ends it.</param>
    CopiedModel Run(Thief thief, CancellationToken cancellationToken);
}

/// <summary>Somebody at the front door, with what they bring along.</summary>
/// <param name="Taken">The front door, and what was taken through it.</param>
/// <param name="Asks">The kind of question that brings predictions: predictions themselves, or explanations where only these are allowed.</param>
/// <param name="Own">Shape [rows][width]: data of the thief's own.</param>
/// <param name="Profile">The published profile of the data, as legal rows.</param>
/// <param name="Most">Questions at most, where no budget ends it before.</param>
/// <param name="Seed">Of everything drawn.</param>
public sealed record Thief(TakenAnswers Taken, QueryKind Asks, float[][] Own, RowSpace Profile, int Most, int Seed)
{
    /// <summary>What may be asked.</summary>
    public QuerySpace Space => Taken.Oracle.Space;

    /// <summary>The number of classes; 1 for a value.</summary>
    public int Classes => Taken.Oracle.Classes;

    /// <summary>Some of the thief's own rows in random order, each once.</summary>
    /// <param name="count">How many.</param>
    public float[][] OwnRows(int count)
    {
        SeededRandom random = new(Seed, 31);
        int[] order = [.. Enumerable.Range(0, Own.Length)];
        float[][] rows = new float[Math.Min(count, Own.Length)][];
        for (int i = 0; i < rows.Length; i++)
        {
            int other = i + random.NextBelow(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
            rows[i] = Own[order[i]];
        }

        return rows;
    }
}
