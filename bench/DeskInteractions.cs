using System.Globalization;

namespace Governance.Bench;

/// <summary>What a person does on the pages of the bench "desk", and how long the answer takes.</summary>
internal static class DeskInteractions
{
    private const int Moves = 9;

    /// <summary>Each gives the milliseconds of its moves.</summary>
    /// <param name="rows">Of the evaluation data.</param>
    /// <param name="explained">The evidence that explains all rows of the trees.</param>
    public static IEnumerable<(string Name, Func<DeskBrowser, Task<double[]>> Run)> All(int rows, Guid explained)
    {
        yield return ("threshold moved", browser => SlideAsync(browser, "thresholds", "#cut", "#explorer"));
        yield return ("cut-off moved", browser => SlideAsync(browser, "cut-offs", "#cut", "output[for=cut]"));
        yield return ("share of rows moved", browser => SlideAsync(browser, "cut-offs", "#share", "output[for=share]"));
        yield return ("next case by key", browser => StepAsync(browser, $"cases/{rows / 2}"));
        yield return ("cohort applied to performance", browser => ApplyAsync(browser, "performance", DeskBrowser.Changed));
        yield return ("cohort applied to fairness", browser => ApplyAsync(browser, "fairness", DeskBrowser.Changed));
        yield return ("cohort applied to explanations", browser => ApplyAsync(browser, $"explain?evidence={explained}", DeskBrowser.Changed));
        yield return ("the same, until progress or the answer shows", browser => ApplyAsync(browser, $"explain?evidence={explained}", DeskBrowser.ChangedOrBusy));
    }

    private static async Task<double[]> SlideAsync(DeskBrowser browser, string page, string slider, string told)
    {
        await browser.OpenAsync(DeskPages.Trees + page);
        await browser.Page.Locator(slider).FocusAsync();
        double[] millis = new double[Moves];
        for (int move = 0; move < Moves; move++)
        {
            millis[move] = await browser.ChangeAsync(told, () => browser.Page.Keyboard.PressAsync("ArrowLeft"));
            await browser.CompleteAsync();
        }

        return millis;
    }

    private static async Task<double[]> StepAsync(DeskBrowser browser, string page)
    {
        await browser.OpenAsync(DeskPages.Trees + page);
        double[] millis = new double[Moves];
        for (int move = 0; move < Moves; move++)
        {
            millis[move] = await browser.ChangeAsync("#case-title", () => browser.Page.Keyboard.PressAsync("j"));
            await browser.CompleteAsync();
        }

        return millis;
    }

    private static async Task<double[]> ApplyAsync(DeskBrowser browser, string page, string until)
    {
        await browser.OpenAsync(DeskPages.Trees + page);
        double[] millis = new double[Moves];
        for (int move = 0; move < Moves; move++)
        {
            await browser.Page.Locator("#cohort").FillAsync(string.Create(CultureInfo.InvariantCulture, $"pirat > {0.1 + (0.03 * move) + (until == DeskBrowser.Changed ? 0.001 : 0.002):0.000}"));
            millis[move] = await browser.ChangeAsync("#cohort-n", () => browser.Page.Keyboard.PressAsync("Enter"), until);
            await browser.CompleteAsync();
        }

        return millis;
    }
}
