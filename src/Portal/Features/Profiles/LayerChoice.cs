namespace Governance.Portal.Features.Profiles;

/// <summary>Which layers of a column's effect are drawn, as the address says it: <c>show=pdp,ale,ice&amp;scale=first</c>. Pure.</summary>
/// <param name="Pdp">Partial dependence.</param>
/// <param name="Ale">Accumulated local effects.</param>
/// <param name="Ice">Curves of single rows.</param>
/// <param name="FromFirst">Whether all of them are drawn as changes from the first point.</param>
public sealed record LayerChoice(bool Pdp, bool Ale, bool Ice, bool FromFirst)
{
    /// <summary>The layers by their word in the address.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Layers =
        [("pdp", "partial dependence"), ("ale", "accumulated effects"), ("ice", "single rows")];

    /// <summary>Reads an address; without a layer that the person may see, all that they may are drawn.</summary>
    /// <param name="show">Layers joined by commas.</param>
    /// <param name="scale">"first" for changes from the first point.</param>
    /// <param name="curves">Whether the person may see curves of single rows along this column.</param>
    public static LayerChoice Read(string? show, string? scale, bool curves)
    {
        string[] named = (show ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        LayerChoice asked = new(named.Contains("pdp"), named.Contains("ale"), curves && named.Contains("ice"), scale == "first");
        return asked.Count > 0 ? asked : asked with { Pdp = true, Ale = true, Ice = curves };
    }

    /// <summary>How many layers are drawn.</summary>
    public int Count => (Pdp ? 1 : 0) + (Ale ? 1 : 0) + (Ice ? 1 : 0);

    /// <summary>Whether a layer is drawn.</summary>
    public bool Has(string key) => key switch { "pdp" => Pdp, "ale" => Ale, _ => Ice };

    /// <summary>The same with a layer put in or taken away; the last one stays.</summary>
    public LayerChoice Toggled(string key)
    {
        LayerChoice other = key switch
        {
            "pdp" => this with { Pdp = !Pdp },
            "ale" => this with { Ale = !Ale },
            _ => this with { Ice = !Ice },
        };
        return other.Count > 0 ? other : this;
    }

    /// <summary>The query string that restores the choice.</summary>
    public string Query => $"show={string.Join("%2C", Layers.Where(layer => Has(layer.Key)).Select(layer => layer.Key))}&scale={(FromFirst ? "first" : "")}";
}
