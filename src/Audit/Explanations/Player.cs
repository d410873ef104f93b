namespace Governance.Audit.Explanations;

/// <summary>One element of a row: a place in one of the model's input tensors.</summary>
/// <param name="Tensor">The tensor's index in the batch.</param>
/// <param name="Offset">The element's offset within a row of that tensor.</param>
public readonly record struct PlayerElement(int Tensor, int Offset);

/// <summary>What an attribution is given to: a feature, or several features that are known or unknown together.</summary>
/// <param name="Name">As shown and as in the JSON; distinct among the players of a game.</param>
/// <param name="Elements">The elements it stands for; at least one, of no other player.</param>
/// <param name="Members">The names of the features behind it, where it stands for more than its namesake; else null.</param>
public sealed record Player(string Name, IReadOnlyList<PlayerElement> Elements, IReadOnlyList<string>? Members = null)
{
    /// <summary>One player for each element of the batch: named, or "input[offset]" where there are no names.</summary>
    /// <param name="batch">Any rows of the model's inputs.</param>
    /// <param name="names">One name an element, tensor by tensor; null for made-up names.</param>
    public static IReadOnlyList<Player> OfElements(Inference.InputBatch batch, IReadOnlyList<string>? names)
    {
        List<Player> players = [];
        for (int tensor = 0; tensor < batch.Tensors.Count; tensor++)
        {
            Inference.InputTensor values = batch.Tensors[tensor];
            for (int offset = 0; offset < values.Width; offset++)
            {
                string name = names?[players.Count] ?? (values.Width == 1 ? values.Name : $"{values.Name}[{offset}]");
                players.Add(new Player(name, [new PlayerElement(tensor, offset)]));
            }
        }

        return players;
    }
}
