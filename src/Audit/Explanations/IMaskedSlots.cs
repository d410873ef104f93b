namespace Governance.Audit.Explanations;

/// <summary>A list of masked rows, each a background row of which some players are taken and the rest is the row explained.</summary>
internal interface IMaskedSlots
{
    /// <summary>The background row behind a masked row.</summary>
    int Row(int slot);

    /// <summary>The players taken from the background row: player p is bit p % 64 of word p / 64.</summary>
    /// <param name="slot">The masked row.</param>
    /// <param name="taken">One word for each 64 players, overwritten.</param>
    void Taken(int slot, Span<ulong> taken);
}
