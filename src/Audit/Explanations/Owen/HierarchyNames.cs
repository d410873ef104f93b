using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Explanations.Owen;

/// <summary>Finds the player that a hierarchy means.</summary>
internal sealed class HierarchyNames
{
    private readonly IReadOnlyList<FeatureSlot> slots;
    private readonly Dictionary<string, int> players = new(StringComparer.Ordinal);
    private readonly Dictionary<PlayerElement, int> owners = [];

    /// <summary>Prepares to find players.</summary>
    /// <param name="players">The players, in order.</param>
    /// <param name="slots">The model's features.</param>
    public HierarchyNames(IReadOnlyList<Player> players, IReadOnlyList<FeatureSlot> slots)
    {
        this.slots = slots;
        for (int player = 0; player < players.Count; player++)
        {
            this.players.Add(players[player].Name, player);
            foreach (PlayerElement element in players[player].Elements)
            {
                owners.Add(element, player);
            }
        }
    }

    /// <summary>The player of that name, or of the feature or column of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public int Find(string name)
    {
        if (players.TryGetValue(name, out int player))
        {
            return player;
        }

        FeatureSlot? slot = slots.FirstOrDefault(slot => slot.Name == name) ?? slots.FirstOrDefault(slot => slot.Column == name);
        return slot is null
            ? throw new InputException($"The hierarchy names '{name}', which is no feature of the model.")
            : owners[new PlayerElement(slot.Input, slot.Offset)];
    }

    /// <summary>The player of the feature at that position.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public int At(int position) => position >= 0 && position < slots.Count
        ? owners[new PlayerElement(slots[position].Input, slots[position].Offset)]
        : throw new InputException($"The hierarchy names the feature {position}; there are {slots.Count}, counted from 0.");
}
