using Microsoft.Playwright;

namespace Governance.Browser.Tests.Browsing;

/// <summary>A page used by its keys alone.</summary>
internal static class Keys
{
    private const int MostTabs = 200;

    /// <summary>Presses Tab until this element has the focus.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await target.WaitForAsync();
        for (int press = 0; press < MostTabs; press++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{MostTabs} presses of Tab do not reach {target}.");
    }

    /// <summary>Reaches a link or button by Tab and presses Enter.</summary>
    public static async Task EnterAsync(this IPage page, ILocator target)
    {
        await page.TabToAsync(target);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Reaches a field by Tab and types; what it held is replaced.</summary>
    public static async Task TypeIntoAsync(this IPage page, ILocator target, string text)
    {
        await page.TabToAsync(target);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }
}
