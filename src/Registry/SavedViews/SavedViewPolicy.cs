using Governance.Registry.Access;

namespace Governance.Registry.SavedViews;

/// <summary>Which views a person may keep. Pure.</summary>
public static class SavedViewPolicy
{
    /// <summary>Why a view is not kept, or null.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="address">Path and query of this portal; that it is one, the caller has checked.</param>
    /// <param name="others">How many other views the person keeps.</param>
    public static Refusal? RefusalFor(string? name, string address, int others)
    {
        ArgumentNullException.ThrowIfNull(address);
        return string.IsNullOrWhiteSpace(name) || name.Trim().Length > SavedView.MaxNameLength ? Of("no-name")
            : address.Length > SavedView.MaxAddressLength ? Of("long-view")
            : others >= SavedView.MostOfOne ? Of("many-views")
            : null;
    }

    /// <summary>The refusal of a code; a plain sentence for one that no rule has.</summary>
    public static Refusal Of(string code) => new(code, code switch
    {
        "no-name" => $"Give the view a name of 1 to {SavedView.MaxNameLength} characters.",
        "long-view" => "The view has too long an address to be kept.",
        "many-views" => $"You keep {SavedView.MostOfOne} views already. Remove one first.",
        _ => "That could not be done.",
    });
}
