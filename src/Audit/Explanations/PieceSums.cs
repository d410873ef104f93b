namespace Governance.Audit.Explanations;

/// <summary>A run of coalitions of one background row.</summary>
/// <param name="Set">The players in which the background row differs, and the rows that differ in the same ones.</param>
/// <param name="Row">The background row.</param>
/// <param name="From">The first subset of those players that is taken from it.</param>
/// <param name="To">The subset behind the last.</param>
internal readonly record struct GamePiece(DifferenceSet Set, int Row, uint From, uint To);

/// <summary>Adds the scores of masked rows to the values of their coalitions.</summary>
internal static class PieceSums
{
    /// <summary>Adds one piece. The pair t takes the players t of the background row and so belongs to the coalition of the others.</summary>
    /// <param name="values">Shape [coalitions, outputs], added to.</param>
    /// <param name="piece">Which coalitions.</param>
    /// <param name="weight">Of the background row.</param>
    /// <param name="slot">Shape [pairs]: where a pair's score is; below 0 for the row itself and the background row.</param>
    /// <param name="scores">Shape [slots, outputs].</param>
    /// <param name="full">Shape [outputs]: the row's own output.</param>
    /// <param name="other">Shape [outputs]: the background row's output.</param>
    public static void Add(
        Span<double> values, GamePiece piece, double weight, ReadOnlySpan<int> slot, double[] scores, ReadOnlySpan<double> full,
        ReadOnlySpan<double> other)
    {
        int outputs = full.Length;
        uint whole = (1u << piece.Set.Players.Length) - 1;
        if (outputs == 1)
        {
            AddOne(values, weight, whole - piece.From, slot, scores, full[0], other[0]);
            return;
        }

        for (int i = 0; i < slot.Length; i++)
        {
            uint taken = piece.From + (uint)i;
            ReadOnlySpan<double> score = slot[i] >= 0 ? scores.AsSpan(slot[i] * outputs, outputs) : taken == 0 ? full : other;
            Span<double> sum = values.Slice((int)(whole ^ taken) * outputs, outputs);
            for (int output = 0; output < outputs; output++)
            {
                sum[output] += weight * score[output];
            }
        }
    }

    private static void AddOne(
        Span<double> values, double weight, uint top, ReadOnlySpan<int> slot, double[] scores, double full, double other)
    {
        for (int i = 0; i < slot.Length; i++)
        {
            int at = slot[i];
            int coalition = (int)top - i;
            values[coalition] += weight * (at >= 0 ? scores[at] : coalition == 0 ? other : full);
        }
    }
}
