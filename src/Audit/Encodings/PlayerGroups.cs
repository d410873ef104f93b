using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Audit.Encodings;

/// <summary>Puts the features of a model together into the players of an explanation.</summary>
internal static class PlayerGroups
{
    /// <summary>Makes the players, in the order in which their first feature comes.</summary>
    /// <exception cref="InputException">A group names nothing that exists, or what another group has, or is called as a feature outside it.</exception>
    public static IReadOnlyList<Player> Make(
        IReadOnlyList<FeatureSlot> slots, IReadOnlyDictionary<string, IReadOnlyList<string>> groups, bool byFeature)
    {
        string?[] owner = new string?[slots.Count];
        foreach ((string group, IReadOnlyList<string> members) in groups)
        {
            foreach (string member in members)
            {
                int[] meant = [.. Enumerable.Range(0, slots.Count).Where(i => slots[i].Name == member)];
                meant = meant.Length > 0 ? meant : [.. Enumerable.Range(0, slots.Count).Where(i => slots[i].Column == member)];
                if (meant.Length == 0)
                {
                    throw new InputException($"The group '{group}' names '{member}', which is no feature of the model.");
                }

                foreach (int i in meant)
                {
                    owner[i] = owner[i] is null || owner[i] == group
                        ? group
                        : throw new InputException($"The feature '{slots[i].Name}' is in the groups '{owner[i]}' and '{group}'.");
                }
            }
        }

        string Name(int i) => byFeature || slots[i].Feature.Kind != FeatureKind.Onehot ? slots[i].Name : slots[i].Column;
        if (Enumerable.Range(0, slots.Count).Where(i => owner[i] is null).Select(Name).FirstOrDefault(groups.ContainsKey) is string taken)
        {
            throw new InputException($"The group '{taken}' has the name of a feature that is not in it; give the group another name.");
        }

        List<string> names = [];
        Dictionary<string, List<int>> players = new(StringComparer.Ordinal);
        for (int i = 0; i < slots.Count; i++)
        {
            string name = owner[i] ?? Name(i);
            if (!players.TryGetValue(name, out List<int>? members))
            {
                players[name] = members = [];
                names.Add(name);
            }

            members.Add(i);
        }

        return [.. names.Select(name => Of(name, [.. players[name].Select(i => slots[i])]))];
    }

    private static Player Of(string name, FeatureSlot[] slots) => new(
        name,
        [.. slots.Select(slot => new PlayerElement(slot.Input, slot.Offset))],
        slots.Length > 1 || slots[0].Name != name ? [.. slots.Select(slot => slot.Name)] : null);
}
