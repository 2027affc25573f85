import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;

/** Asks veraPDF: {@code Judge ua1,2a FILE}. Ends with 1 if the file fails in any flavour. */
public final class Judge {
    public static void main(String[] arguments) throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean passes = true;
        for (String flavour : arguments[0].split(",")) {
            passes &= passes(PDFAFlavour.byFlavourId(flavour), new File(arguments[1]));
        }
        System.exit(passes ? 0 : 1);
    }

    private static boolean passes(PDFAFlavour flavour, File file) throws Exception {
        var config = ValidatorConfigBuilder.defaultBuilder().flavour(flavour).build();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(config, flavour)) {
            ValidationResult result = validator.validateAll(parser).get(0);
            // A profile that was not found would find nothing wrong.
            int rules = result.getValidationProfile().getRules().size();
            boolean passes = result.isCompliant() && rules > 0;
            System.out.printf(
                    "veraPDF: %s %s (%d rules)%n", flavour.getId(), passes ? "passes" : "fails", rules);
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId rule = failed.getKey();
                var text = result.getValidationProfile().getRuleByRuleId(rule);
                System.out.printf(
                        "  %s-%d, %d times: %s%n",
                        rule.getClause(), rule.getTestNumber(), failed.getValue(), text.getDescription());
            }
            return passes;
        }
    }
}
