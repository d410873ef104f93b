namespace Governance.Audit.Explanations.Native;

/// <summary>Which player owns each element of the inputs, elements numbered through all inputs in order.</summary>
internal sealed class ElementOwners
{
    /// <summary>No player: a constant.</summary>
    public const int Nobody = -1;

    /// <summary>More than one player.</summary>
    public const int Several = -2;

    private readonly int[] owners;
    private readonly IReadOnlyList<Player> players;

    /// <summary>Numbers the elements.</summary>
    /// <param name="widths">Elements a row of each input.</param>
    /// <param name="players">The players; every element belongs to one.</param>
    public ElementOwners(IReadOnlyList<int> widths, IReadOnlyList<Player> players)
    {
        this.players = players;
        int[] first = new int[widths.Count];
        for (int i = 1; i < first.Length; i++)
        {
            first[i] = first[i - 1] + widths[i - 1];
        }

        owners = new int[widths.Sum()];
        for (int player = 0; player < players.Count; player++)
        {
            foreach (PlayerElement element in players[player].Elements)
            {
                owners[first[element.Tensor] + element.Offset] = player;
            }
        }
    }

    /// <summary>The one player behind some elements, or <see cref="Nobody"/>, or <see cref="Several"/>.</summary>
    public int Of(int[] elements)
    {
        int owner = Nobody;
        foreach (int element in elements)
        {
            if (owner != Nobody && owner != owners[element])
            {
                return Several;
            }

            owner = owners[element];
        }

        return owner;
    }

    /// <summary>The names of the players behind some elements, at most three of them, for sentences.</summary>
    public string Names(int[] elements)
    {
        int[] distinct = [.. elements.Select(element => owners[element]).Distinct().Order()];
        string named = string.Join(", ", distinct.Take(3).Select(player => $"'{players[player].Name}'"));
        return distinct.Length <= 3 ? named : $"{named} and {distinct.Length - 3} more";
    }
}
