using Governance.Audit.Gradients;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>Adds elements up to players inside a graph.</summary>
internal static class PlayerSums
{
    // Players are laid side by side, filled up with zeros to the largest one: where that takes more than this many times the elements, they are added up outside.
    private const int MostFilling = 4;

    /// <summary>Whether the sums can be had inside a graph without much filling.</summary>
    /// <param name="owners">Shape [elements]: the player of each.</param>
    /// <param name="players">How many there are.</param>
    public static bool Fit(int[] owners, int players) => (long)players * Largest(owners) <= (long)MostFilling * owners.Length;

    /// <summary>Writes the sums.</summary>
    /// <param name="tape">Where.</param>
    /// <param name="elements">Doubles of shape [rows, elements].</param>
    /// <param name="owners">Shape [elements]: the player of each.</param>
    /// <param name="players">How many there are; they <see cref="Fit"/>.</param>
    /// <returns>The name of doubles of shape [rows, players].</returns>
    public static string Write(Tape tape, string elements, int[] owners, int players)
    {
        if (players == owners.Length && owners.Select((owner, element) => owner == element).All(same => same))
        {
            return elements;
        }

        int largest = Largest(owners);
        long[] places = new long[players * largest];
        Array.Fill(places, owners.Length);
        int[] used = new int[players];
        for (int element = 0; element < owners.Length; element++)
        {
            int player = owners[element];
            places[(player * largest) + used[player]++] = element;
        }

        string rows = tape.Op("Gather", [tape.Op("Shape", [elements]), tape.Whole(0)], GraphBuilder.Attribute("axis", 0));
        string none = tape.ZerosOf(tape.Op("Concat", [rows, tape.Whole(1)], GraphBuilder.Attribute("axis", 0)), DataType.Double);
        string filled = tape.Op("Concat", [elements, none], GraphBuilder.Attribute("axis", 1));
        string laid = tape.Op("Gather", [filled, tape.Whole(places)], GraphBuilder.Attribute("axis", 1));
        return tape.Sum(tape.Op("Reshape", [laid, tape.Whole(-1, players, largest)]), [2], keep: false);
    }

    private static int Largest(int[] owners) => owners.GroupBy(owner => owner).Max(group => group.Count());
}
