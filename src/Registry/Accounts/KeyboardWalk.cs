namespace Governance.Registry.Accounts;

/// <summary>Rows of neighbouring keys and of the alphabet, forwards and backwards.</summary>
internal static class KeyboardWalk
{
    /// <summary>The fewest keys that count as a row.</summary>
    public const int Least = 4;

    // Rows of three layouts (QWERTY, QWERTZ, AZERTY), their columns, the digits, the alphabet. Digits stand as the letters
    // that PasswordStrength reads them as, too: it hands over text in which "1" is "i".
    private static readonly string[] Ways = [.. Written().Concat(Written().Select(Plain)).SelectMany(way => new[] { way, Reversed(way) }).Distinct()];

    /// <summary>Whether a text is a stretch of one way.</summary>
    public static bool Is(string text) => text.Length >= Least && Ways.Any(way => way.Contains(text, StringComparison.Ordinal));

    private static IEnumerable<string> Written() =>
    [
        "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn",
        "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
        "01234567890", "abcdefghijklmnopqrstuvwxyz", "147258369", "741852963", "!@#$%^&*()", "!\"#$%&/()=",
    ];

    private static string Plain(string way) =>
        way.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't');

    private static string Reversed(string way) => new([.. way.Reverse()]);
}
