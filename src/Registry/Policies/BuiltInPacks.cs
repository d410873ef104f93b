using System.Reflection;
using System.Text;

namespace Governance.Registry.Policies;

/// <summary>The packs that ship in the program, as YAML files beside this class.</summary>
public static class BuiltInPacks
{
    // The order is the one in which people see them; of a name the highest number comes first.
    private static readonly string[] Files = ["default-3", "default-2", "default-1", "ll144-1", "four-fifths-1"];

    private static readonly Lazy<IReadOnlyList<PackText>> Read = new(() => [.. Files.Select(ReadEmbedded)]);

    /// <summary>All of them with their text.</summary>
    public static IReadOnlyList<PackText> All => Read.Value;

    /// <summary>The pack that counts where none was adopted.</summary>
    public static PolicyPack Default => All[0].Pack;

    /// <summary>The pack that counts on a day where none was adopted: the default of the highest number that applies then, else the first.</summary>
    public static PolicyPack DefaultOn(DateOnly day)
    {
        PolicyPack[] numbers = [.. All.Select(text => text.Pack).Where(pack => pack.Name == Default.Name).OrderByDescending(pack => pack.Number)];
        return numbers.FirstOrDefault(pack => pack.IsEffectiveOn(day)) ?? numbers[^1];
    }

    /// <summary>The pack of a name and number, or null.</summary>
    public static PackText? Find(string name, int number) =>
        All.FirstOrDefault(text => text.Pack.Name == name && text.Pack.Number == number);

    private static PackText ReadEmbedded(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Governance.Registry.Policies.{name}.yaml")
            ?? throw new InvalidOperationException($"The policy pack {name} is not embedded.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        return new PackText(ReadPolicyPack.Run(text), text);
    }
}

/// <summary>A pack with the YAML that it was read from.</summary>
/// <param name="Pack">What it says.</param>
/// <param name="Text">As it was written.</param>
public sealed record PackText(PolicyPack Pack, string Text);
